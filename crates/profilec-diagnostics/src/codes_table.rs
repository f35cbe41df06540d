//! The public list of codes. Sorted; never renamed, never reused.

use crate::Severity;

/// One kind of finding.
#[derive(Debug)]
pub struct Code {
    /// `profilec::<area>::<name>`.
    pub id: &'static str,
    /// What a finding of this kind starts as.
    pub severity: Severity,
    /// Whether it is still given.
    pub status: Status,
    /// The long story, Markdown.
    pub page: &'static str,
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Code {}

/// Whether a code is still given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Given today.
    Active,
    /// Given once; the code stays reserved.
    Retired,
}

impl Code {
    /// The id without the leading `profilec::`.
    pub fn bare(&self) -> &'static str {
        self.id.strip_prefix("profilec::").unwrap_or(self.id)
    }

    /// The area: `paging`.
    pub fn area(&self) -> &'static str {
        self.bare().split_once("::").map_or("", |(area, _)| area)
    }

    /// The last part of the id, which names the problem.
    pub fn name(&self) -> &'static str {
        self.id.rsplit("::").next().unwrap_or(self.id)
    }
}

macro_rules! codes {
    ($($area:ident { $($name:ident: $severity:ident;)* })*) => {
        /// Every code, by area: `codes::paging::marker_never_set`.
        pub mod codes {
            use super::Code;

            /// All codes, in the order of the table.
            pub static ALL: &[&Code] = &[$($(&$area::$name,)*)*];

            /// All areas, in the order of the table.
            pub static AREAS: &[&str] = &[$(stringify!($area),)*];

            /// The code with this id, with or without the leading `profilec::`.
            pub fn find(id: &str) -> Option<&'static Code> {
                let bare = id.strip_prefix("profilec::").unwrap_or(id);
                ALL.iter().copied().find(|code| code.bare() == bare)
            }

            /// The code with this id, or of this last part when it is the only one.
            pub fn named(name: &str) -> Option<&'static Code> {
                find(name).or_else(|| {
                    let mut named = ALL.iter().copied().filter(|code| code.name() == name);
                    let first = named.next()?;
                    named.next().is_none().then_some(first)
                })
            }

            $(
                #[doc = concat!("Codes of the area `", stringify!($area), "`.")]
                #[expect(non_upper_case_globals, reason = "a code is spelled the same in Rust and in messages")]
                pub mod $area {
                    use super::super::{Code, Severity, Status};
                    $(
                        #[doc = include_str!(concat!("../../../docs/codes/", stringify!($area), "/", stringify!($name), ".md"))]
                        pub static $name: Code = Code {
                            id: concat!("profilec::", stringify!($area), "::", stringify!($name)),
                            severity: Severity::$severity,
                            status: Status::Active,
                            page: include_str!(concat!("../../../docs/codes/", stringify!($area), "/", stringify!($name), ".md")),
                        };
                    )*
                }
            )*
        }
    };
}

codes! {
    auth {
        credential_unencrypted: Warning;
        literal_credential: Warning;
        login_needed: Error;
        scheme_unsupported: Error;
        store_failed: Error;
        token_refused: Error;
        token_unreachable: Error;
        token_unusable: Error;
        user_missing: Error;
    }
    column {
        code_as_number: Info;
        duplicate_name: Error;
        missing_name: Error;
        path_missing: Warning;
        path_repeated: Warning;
        text_as_date: Warning;
        type_missing: Warning;
        unknown_attribute: Warning;
        unknown_type: Warning;
    }
    data {
        error_in_body: Error;
        header_mismatch: Error;
        invalid_encoding: Error;
        not_csv: Error;
        not_json: Error;
        not_xml: Error;
        ragged_row: Error;
        rows_cut: Warning;
        too_large: Error;
        type_mismatch: Error;
    }
    http {
        bad_url: Error;
        certificate_unchecked: Warning;
        redirect_refused: Error;
        request_failed: Error;
        status: Error;
        timeout: Error;
        unencrypted: Info;
        waited_too_long: Error;
    }
    output {
        write_failed: Error;
    }
    paging {
        empty_page: Info;
        empty_page_with_marker: Warning;
        error_caught: Warning;
        error_status_after_last_page: Info;
        fewer_pages_than_count: Warning;
        fewer_rows_than_total: Warning;
        has_more_false: Info;
        interrupted: Warning;
        limit_met: Info;
        marker_absent: Info;
        marker_constant: Error;
        marker_inside_rows: Warning;
        marker_is_column: Warning;
        marker_misspelt: Warning;
        marker_never_set: Warning;
        marker_not_encoded: Warning;
        marker_outside_call: Error;
        marker_repeated: Warning;
        marker_undeclared: Info;
        marker_unset_on_first_page: Error;
        markers_differ: Warning;
        next_page_unread: Warning;
        not_enabled: Error;
        offset_gap: Warning;
        only_in_write_block: Error;
        order_not_asked: Info;
        page_cap: Warning;
        page_repeated: Warning;
        page_size_differs: Warning;
        page_size_zero: Warning;
        push_only_with_more: Warning;
        reader_gone: Warning;
        rows_repeated: Warning;
        single_page: Info;
        size_not_sent: Warning;
        two_strategies: Warning;
    }
    path {
        beside_the_rows: Warning;
        dollar_in_column: Warning;
        dots_for_slashes: Warning;
        invalid: Error;
        level_misplaced: Error;
        level_no_match: Warning;
        name_differs: Warning;
        other_format: Warning;
        root_missing: Error;
        row_path_no_match: Error;
        row_path_not_rows: Error;
        rows_united: Info;
        several_row_paths: Error;
        slash_missing: Warning;
        starts_mixed: Info;
        tables_unknown: Error;
        untidy: Info;
    }
    reference {
        input_as_column: Warning;
        input_missing: Error;
        input_never_read: Warning;
        input_undeclared: Info;
        input_value_not_allowed: Error;
        never_set: Error;
        undefined: Error;
        unknown_built_in: Error;
    }
    request {
        body_missing: Warning;
        body_with_get: Warning;
        content_type_missing: Info;
        encoded_twice: Warning;
        half_of_pair: Error;
        header_malformed: Error;
        header_repeated: Warning;
        input_dropped: Warning;
        leading_separator: Warning;
        number_repeated: Error;
        parameter_repeated: Warning;
        placeholder_unfilled: Error;
        slash_at_join: Warning;
        unknown_method: Error;
        uri_missing: Warning;
        uri_not_absolute: Error;
        value_not_encoded: Warning;
        variable_in_profile: Error;
    }
    sample {
        column_no_match: Warning;
        date_with_time: Warning;
        digits_lost: Warning;
        fields_untaken: Info;
        leading_zeros: Warning;
        map_no_match: Warning;
        next_unread: Warning;
        no_rows: Warning;
        path_computed: Warning;
        rows_multiplied: Info;
        text_too_long: Warning;
    }
    settings {
        allow_unused: Info;
        invalid_value: Error;
        key_missing: Error;
        key_without_effect: Warning;
        listed_twice: Warning;
        literal_secret: Error;
        not_toml: Error;
        reason_missing: Info;
        remark_malformed: Warning;
        unknown_code: Warning;
        unknown_key: Warning;
    }
    structure {
        attribute_repeated: Error;
        body_not_run: Error;
        branch_repeated: Error;
        call_missing: Error;
        catch_misplaced: Error;
        conditional_else_misplaced: Error;
        declaration_prefixed: Error;
        format_contradicted: Warning;
        get_block_missing: Error;
        include_computed: Error;
        include_cycle: Error;
        include_not_found: Error;
        include_outside: Error;
        include_too_large: Error;
        info_misplaced: Error;
        info_missing: Error;
        info_repeated: Warning;
        loop_missing: Error;
        method_block_repeated: Error;
        name_in_brackets: Warning;
        not_a_boolean: Warning;
        not_a_whole_number: Warning;
        not_supported_yet: Error;
        old_engine_wanted: Info;
        operator_missing: Warning;
        parameter_missing: Error;
        push_missing: Error;
        reserved_name: Info;
        root_not_script: Error;
        set_after_call: Warning;
        set_line_malformed: Error;
        set_name_misspelt: Warning;
        stray_text: Warning;
        thrown: Error;
        title_differs: Warning;
        too_many_steps: Error;
        unknown_element: Error;
        unknown_keyword: Error;
        unknown_operation: Error;
        unknown_operator: Error;
        unknown_parameter: Warning;
        unknown_word: Error;
        validation_failed: Error;
        wrong_case: Warning;
    }
    template {
        argument_count: Error;
        argument_type: Error;
        not_a_date: Error;
        not_a_number: Error;
        syntax: Error;
        too_long: Error;
        unclosed_bracket: Error;
        unknown_formatter: Error;
    }
    xml {
        attribute_repeated: Error;
        attribute_unquoted: Warning;
        attribute_value_missing: Error;
        bare_ampersand: Warning;
        bare_less_than: Warning;
        blank_missing: Warning;
        byte_order_mark: Info;
        comment_unclosed: Error;
        control_character: Warning;
        doctype: Error;
        empty_file: Error;
        end_tag_mismatched: Error;
        end_tag_missing: Error;
        end_tag_stray: Error;
        hyphens_in_comment: Warning;
        no_break_space: Warning;
        prefixes_mixed: Warning;
        quote_in_value: Error;
        quote_unclosed: Error;
        roots_repeated: Error;
        stray_character: Warning;
        tab_in_value: Info;
        tag_unclosed: Error;
        text_outside_root: Warning;
        too_deep: Error;
        truncated: Error;
        undeclared_prefix: Warning;
        unknown_entity: Warning;
        unknown_namespace: Warning;
    }
}
