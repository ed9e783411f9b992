"""What `make test` leaves to CI, so that it takes minutes: tests that need seconds of a processor each, and try in one
more way, or at length, what others hold. `make test THOROUGH=1` runs them too, and so does pytest itself, given a file.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

#: By file: the names of tests, with a parameter's value in brackets where only that one takes long; no names stand for
#: all tests of the file.
LONG: Mapping[str, tuple[str, ...]] = {
    "bench_site/test_bench_site.py": (),
    "browser/test_chromium.py": (
        "test_axe_finds_nothing[others]",
        "test_axe_finds_nothing_where_a_site_has_all_that_it_may",
        "test_contrast_of_code[dark]",
        "test_no_sideways_scrolling",
        "test_schemes_differ",
        "test_strict_policy_refuses_nothing",
    ),
    "browser/test_content_policy.py": (
        "test_a_search_works_under_the_policy",
        "test_what_is_in_a_page_has_its_effect",
        "test_what_somebody_else_puts_into_a_page_does_not_run",
    ),
    "browser/test_following.py": (
        "test_a_dead_link_is_shown_until_it_is_mended",
        "test_a_tab_goes_where_its_post_goes",
        "test_a_picture_that_changed_loads_the_pages_that_show_it",
        "test_a_report_that_was_closed_stays_so_until_the_next",
        "test_a_tab_follows_the_next_preview_on_the_same_port",
        "test_a_tab_that_was_hidden_catches_up",
        "test_a_theme_as_strict_as_can_be_is_followed_too",
        "test_more_tabs_than_a_browser_has_connections",
        "test_no_style_of_the_page_reaches_the_report",
        "test_the_first_start_with_faults_shows_them_then_what_could_be_read_and_then_the_site",
        "test_the_place_on_the_page_stays_though_it_grows_above",
    ),
    "browser/test_golden_images.py": (
        "test_the_page_looks_as_it_did[load-balance-telephone-dark]",
        "test_the_page_looks_as_it_did[style-desktop]",
        "test_the_page_looks_as_it_did[style-desktop-dark]",
        "test_the_page_looks_as_it_did[two-commits-desktop]",
    ),
    "browser/test_hostile.py": ("test_hostile_text_is_readable",),
    "browser/test_lighthouse.py": (),
    "browser/test_other_browsers.py": (),
    "browser/test_right_to_left.py": (),
    "browser/test_snippets.py": (
        "test_hover_and_focus_show_the_sentence[-A POSTROUTING]",
        "test_hover_and_focus_show_the_sentence[-t nat]",
        "test_hover_and_focus_show_the_sentence[--every 3]",
        "test_hover_and_focus_show_the_sentence[--to 192.168.1.203]",
        "test_nothing_moves",
    ),
    "deploy/test_as_written.py": (),
    "deploy/test_git_branch.py": ("test_cut_off_at_any_moment",),
    "deploy/test_rclone.py": (
        "test_a_site_goes_to_a_remote_and_back[sftp]",
        "test_a_site_goes_to_a_remote_and_back[webdav]",
        "test_cut_off_at_any_moment",
        "test_what_is_not_ours_is_left_alone",
    ),
    "deploy/test_rsync.py": ("test_cut_off_at_any_moment",),
    "environment/test_setup.py": (
        "test_interrupted_then_two_at_once",
        "test_moved",
        "test_tests_without_network",
        "test_without_network",
    ),
    "model/test_memory_kernel.py": (
        "test_matches_remember_what_the_kernel_remembers[connlimit-nft]",
        "test_matches_remember_what_the_kernel_remembers[hashlimit-nft]",
        "test_matches_remember_what_the_kernel_remembers[quota-nft]",
        "test_matches_remember_what_the_kernel_remembers[recent-nft]",
    ),
    "oracle/test_nft.py": ("test_the_code_is_that_of_iptables_translate[many]",),
    "oracle/test_oracle.py": (
        "test_made_up_commands_are_judged_as_iptables_does[legacy-odd]",
        "test_made_up_commands_are_judged_as_iptables_does[nft]",
        "test_the_cases_are_what_iptables_says[nft]",
    ),
    "pelican_plugin/test_adoption.py": (
        "test_a_stock_site_is_built_with_what_was_found_out[programs-notmyidea]",
        "test_pre_commit_runs_it",
        "test_the_command_works_wherever_it_is_installed",
        "test_the_workflows_steps_are_what_runs_here",
    ),
    "press/serve/test_end.py": (
        "test_a_signal_during_the_first_look_ends_it_too",
        "test_a_signal_ends_it_quietly[1]",
        "test_a_signal_ends_it_quietly[15]",
        "test_who_is_killed_takes_the_worker_along_and_the_next_one_clears_up",
    ),
    "press/serve/test_patience.py": ("test_many_half_requests_keep_nobody_waiting",),
    "press/serve/test_saves.py": (
        "test_many_saves_leave_nothing_behind",
        "test_what_was_saved_is_what_is_answered_next[in_place]",
        "test_what_was_saved_is_what_is_answered_next[piece_by_piece]",
    ),
    "press/serve/test_workers.py": (
        "test_a_page_that_ends_the_process_does_so_once",
        "test_a_plugin_that_ends_the_process_while_reading_is_told",
        "test_a_site_whose_settings_are_broken_from_the_start",
        "test_faults_of_different_kinds_are_shown_together[article.html]",
        "test_posts_are_read_on_while_the_settings_cannot_be[SITENAME = (]",
        "test_posts_are_read_on_while_the_settings_cannot_be[import os; os._exit(7)]",
        "test_a_worker_that_is_killed_is_replaced",
        "test_what_is_broken_is_told_and_the_last_good_pages_stay",
    ),
    "press/site/test_memory.py": ("test_two_processes_at_a_time",),
    "press/site/test_rounds_grow.py": (),
    "press/site/test_spare.py": (
        "test_any_edits_one_after_the_other",
        "test_what_is_damaged_is_done_without",
    ),
    "press/test_any_site.py": (
        "test_a_build_shows_each_plugin_what_pelican_shows_it",
        "test_each_address_is_what_pelican_builds_after_each_edit",
        "test_the_pelican_command_remembers",
        "test_the_preview_has_what_a_plugin_makes_of_what_is_written",
        "test_what_a_plugin_collects_while_posts_are_read_is_complete",
    ),
    "press/test_interrupted.py": (),
    "press/test_output_folder.py": ("test_builds_at_once",),
    "press/test_times.py": ("test_what_did_not_change_is_not_sent_again",),
    "proof/test_prove.py": (
        "test_a_signal_leaves_nothing_behind[1]",
        "test_a_signal_leaves_nothing_behind[15]",
        "test_each_feature_of_the_model_is_proved[addresses.experiment.toml]",
        "test_each_feature_of_the_model_is_proved[chains.experiment.toml]",
        "test_each_feature_of_the_model_is_proved[counting.experiment.toml]",
        "test_each_feature_of_the_model_is_proved[fields.experiment.toml]",
        "test_each_feature_of_the_model_is_proved[logging.experiment.toml]",
        "test_each_feature_of_the_model_is_proved[refusing.experiment.toml]",
    ),
    "site/test_reproducible.py": (),
    "site/test_validity.py": (),
    "social_images/test_drawings.py": (
        "test_a_title_is_drawn_if_there_is_a_font_for_it",
        "test_hostile_titles_are_drawn",
    ),
    "test_growth.py": (),
    "test_moving.py": ("test_a_site_keeps_its_addresses[Hugo]",),
    "test_workflows.py": ("test_the_workflow_publishes_for_the_address_of_its_pages",),
    "web_host/test_netlify_cloudflare.py": ("test_netlify_reads_all_redirects[below_folder-/blog]",),
    "web_host/test_observatory.py": (),
    "web_host/test_readers.py": (),
}


def is_long(item: pytest.Item) -> bool:
    """Whether a test is one of LONG."""
    file, _, test = item.nodeid.removeprefix("tests/").partition("::")
    if file not in LONG:
        return False
    return not LONG[file] or not {test, test.partition("[")[0]}.isdisjoint(LONG[file])
