/// The kinds of mistake that are planted, each in one person out of a thousand (in small samples:
/// each at least once).
enum Dirt: CaseIterable {
  // Records that cannot be read.
  case shortDiagnosis
  case longResult
  case shortStay
  case shortPatient
  case unclosedQuote
  case resultWithoutDate
  // Cells that cannot be read.
  case impossibleActDate
  case impossibleEntry
  case impossibleExit
  case impossibleDeath
  case impossibleBirth
  case badDose
  case badNumber
  case badRank
  case undefinedByteInUnit
  case undefinedByteInStayKind
  case textTooLong
  // Things that are missing.
  case birthMissing
  case birthSentinel
  case entryMissing
  case entrySentinel
  case startMissing
  case rankMissing
  case codeMissing
  case personMissing
  // Things that point nowhere.
  case stayOfUnknownPatient
  case diagnosisOfUnknownStay
  case resultOfUnknownStay
  case unknownUnit
  // Codes that nobody knows.
  case unknownDiagnosis
  case unknownAnalysis
  case unknownSex
  case badPostcode
  // Rows that come twice.
  case equalStays
  case equalDiagnoses
  case equalResults
  case differingStays
  case differingDiagnoses
  case differingResults
  // Texts that are right and hard to read.
  case strayQuote
  case quotedLineFeed
  case quotedDelimiter
  case nullWord
  case exitSentinel

  /// The mistake that a person of a sample carries; `nil` for most.
  static func planted(in person: Int, of persons: Int) -> Dirt? {
    let period = max(allCases.count, min(1000, persons))
    let place = person % period
    return allCases.enumerated().first { $0.offset * period / allCases.count == place }?.element
  }
}
