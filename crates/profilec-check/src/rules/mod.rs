//! The rules, one a file.

mod auth;
mod column;
mod http;
mod paging;
mod path;
mod reference;
mod request;
mod structure;
mod template;

pub(crate) use structure::is_meant_as_keyword;

use crate::cx::Rule;

/// All rules. Their order is of no account: findings are sorted by place.
pub(crate) static RULES: &[Rule] = &[
    auth::credential_unencrypted::RULE,
    auth::literal_credential::RULE,
    column::duplicate_name::RULE,
    column::missing_name::RULE,
    column::unknown_attribute::RULE,
    column::unknown_type::RULE,
    http::certificate_unchecked::RULE,
    paging::marker_constant::RULE,
    paging::marker_never_set::RULE,
    paging::marker_not_encoded::RULE,
    paging::marker_outside_call::RULE,
    paging::marker_unset_on_first_page::RULE,
    paging::not_enabled::RULE,
    paging::page_size::RULE,
    paging::page_size::DIFFERS,
    paging::token_not_sent::RULE,
    paging::two_strategies::RULE,
    path::invalid::RULE,
    path::levels::RULE,
    path::levels::COLUMNS,
    reference::input_undeclared::RULE,
    reference::never_set::RULE,
    reference::unknown_built_in::RULE,
    request::body::RULE,
    request::encoded_twice::RULE,
    request::encoded_twice::INPUTS,
    request::half_of_pair::RULE,
    request::headers::MALFORMED,
    request::headers::NUMBERS,
    request::headers::REPEATED,
    request::placeholder_unfilled::RULE,
    request::slash_at_join::RULE,
    request::uri_missing::RULE,
    request::uri_not_absolute::RULE,
    request::url_parameters::RULE,
    request::url_parameters::REPEATED,
    request::value_not_encoded::RULE,
    request::variable_in_profile::RULE,
    structure::catch_misplaced::RULE,
    structure::conditional_else_misplaced::RULE,
    structure::get_block_missing::RULE,
    structure::include_computed::RULE,
    structure::info_missing::RULE,
    structure::info_repeated::RULE,
    structure::layout::RULE,
    structure::loop_missing::RULE,
    structure::method_block_repeated::RULE,
    structure::name_in_brackets::RULE,
    structure::not_a_boolean::RULE,
    structure::not_a_boolean::INPUTS,
    structure::not_a_boolean::IN_INFO,
    structure::not_a_whole_number::RULE,
    structure::not_a_whole_number::INPUTS,
    structure::not_a_whole_number::IN_INFO,
    structure::not_supported_yet::RULE,
    structure::not_supported_yet::VALUES,
    structure::old_engine_wanted::RULE,
    structure::operator_missing::RULE,
    structure::parameter_missing::RULE,
    structure::push_missing::RULE,
    structure::root_not_script::RULE,
    structure::set_line_malformed::RULE,
    structure::set_name_misspelt::RULE,
    structure::stray_text::RULE,
    structure::unknown_element::RULE,
    structure::unknown_element::IN_INFO,
    structure::unknown_input::RULE,
    structure::unknown_keyword::RULE,
    structure::unknown_operation::RULE,
    structure::unknown_operator::RULE,
    structure::unknown_parameter::RULE,
    structure::unknown_word::RULE,
    structure::unknown_word::INPUTS,
    template::argument_count::RULE,
    template::unknown_formatter::RULE,
];
