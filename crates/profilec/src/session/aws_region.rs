//! Regions of AWS, as the drivers call them.

use profilec_vocabulary::closest;

use crate::failure::Failure;

/// The drivers' names, and the codes that signatures hold.
#[rustfmt::skip] // One line an entry: the table is read and compared by column.
const REGIONS: &[(&str, &str)] = &[
    ("BAHRAIN", "me-south-1"),
    ("BEIJING", "cn-north-1"),
    ("CALGARY", "ca-west-1"),
    ("CAPETOWN", "af-south-1"),
    ("CENTRAL", "ca-central-1"),
    ("FRANKFURT", "eu-central-1"),
    ("GOVCLOUDEAST", "us-gov-east-1"),
    ("GOVCLOUDWEST", "us-gov-west-1"),
    ("HONGKONG", "ap-east-1"),
    ("HYDERABAD", "ap-south-2"),
    ("IRELAND", "eu-west-1"),
    ("JAKARTA", "ap-southeast-3"),
    ("LONDON", "eu-west-2"),
    ("MELBOURNE", "ap-southeast-4"),
    ("MILAN", "eu-south-1"),
    ("MUMBAI", "ap-south-1"),
    ("NINGXIA", "cn-northwest-1"),
    ("NORTHERNCALIFORNIA", "us-west-1"),
    ("NORTHERNVIRGINIA", "us-east-1"),
    ("OHIO", "us-east-2"),
    ("OREGON", "us-west-2"),
    ("OSAKA", "ap-northeast-3"),
    ("PARIS", "eu-west-3"),
    ("SAOPAULO", "sa-east-1"),
    ("SEOUL", "ap-northeast-2"),
    ("SINGAPORE", "ap-southeast-1"),
    ("SPAIN", "eu-south-2"),
    ("STOCKHOLM", "eu-north-1"),
    ("SYDNEY", "ap-southeast-2"),
    ("TELAVIV", "il-central-1"),
    ("TOKYO", "ap-northeast-1"),
    ("UAE", "me-central-1"),
    ("ZURICH", "eu-central-2"),
];

/// The code of a region that is written as code or name. A code need not be known: AWS opens regions.
pub(super) fn region(written: &str) -> Result<String, Failure> {
    let bare: String = written.chars().filter(|c| !c.is_whitespace()).collect();
    if let Some((_, code)) = REGIONS.iter().find(|(name, _)| name.eq_ignore_ascii_case(&bare)) {
        return Ok((*code).to_owned());
    }
    if bare.contains('-') || bare.eq_ignore_ascii_case("auto") {
        return Ok(bare.to_lowercase());
    }
    let failure = Failure::new(format!("`AWSRegion` cannot be `{}`", written.trim()));
    Err(match closest(&bare, REGIONS.iter().map(|(name, _)| *name)) {
        Some(near) => failure.help(format!("did you mean `{near}`?")),
        None => failure.help("write its code, such as `eu-west-1`, or its name, such as `IRELAND`"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_codes_are_regions_and_other_words_are_not() {
        for (written, code) in [
            ("Northern Virginia", "us-east-1"),
            ("ireland", "eu-west-1"),
            ("EU-West-9", "eu-west-9"),
            ("auto", "auto"),
        ] {
            assert_eq!(region(written).unwrap(), code);
        }
        assert_eq!(region("Irland").unwrap_err().help.as_deref(), Some("did you mean `IRELAND`?"));
        assert!(region("x").unwrap_err().help.is_some_and(|help| help.starts_with("write its code")));
        let mut sorted = REGIONS.to_vec();
        sorted.sort_unstable();
        assert_eq!(sorted, REGIONS);
    }
}
