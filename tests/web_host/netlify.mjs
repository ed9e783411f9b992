// Reads `_headers` and `_redirects` as Netlify does, and writes what it makes of them as a line of JSON:
//
//     node netlify.mjs FOLDER
import { parseAllHeaders } from "@netlify/headers-parser";
import { parseAllRedirects } from "@netlify/redirect-parser";

const folder = process.argv[2];
const headers = await parseAllHeaders({ headersFiles: [`${folder}/_headers`], minimal: true });
const redirects = await parseAllRedirects({ redirectsFiles: [`${folder}/_redirects`], minimal: true });
console.log(JSON.stringify({ ...headers, ...redirects, errors: [...headers.errors, ...redirects.errors].map(String) }));
