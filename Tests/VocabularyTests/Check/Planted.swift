import Testing
import Vocabulary

/// A mapping file with a mistake, whose place is marked by 1️⃣.
struct Planted: Sendable, CustomTestStringConvertible {
  var marked: String
  var code: String
  /// What `--fix` replaces, and by what; nothing when it changes nothing.
  var change: (old: String, new: String)?
  /// Findings that follow from the mistake, as `code line:column`.
  var also: [String] = []
  /// A part of the hint.
  var hint: String?
  var purposes: [MappingPurpose] = []
  /// The codes of the data.
  var data: SourceCodes?

  init(
    _ marked: String, _ code: String, fix change: (old: String, new: String)? = nil,
    also: [String] = [], hint: String? = nil, for purposes: [MappingPurpose] = [],
    data: SourceCodes? = nil
  ) {
    self.marked = marked
    self.code = code
    self.change = change
    self.also = also
    self.hint = hint
    self.purposes = purposes
    self.data = data
  }

  var testDescription: String { code }

  static let marker = "1️⃣"

  var text: String { marked.replacing(Self.marker, with: "") }

  /// Where the marker stands, as `line:column`.
  var place: String {
    let before = marked.unicodeScalars.prefix(
      marked.unicodeScalars.count
        - (marked.firstRange(of: Self.marker).map {
          marked[$0.lowerBound...].unicodeScalars.count
        } ?? 0))
    let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
    let last = String(lines[lines.count - 1]).drop { $0 == "\u{FEFF}" && lines.count == 1 }
    return "\(lines.count):\(last.count + 1)"
  }

  /// The file as it should be when `--fix` is done.
  var fixed: String {
    guard let change else { return text }
    return text.replacing(change.old, with: change.new)
  }
}

/// Rows of mapping files that have nothing wrong, in which one cell may be another.
enum Row {
  static let codesHead =
    "source_code,source_concept_id,source_vocabulary_id,source_code_description,"
    + "target_concept_id,target_vocabulary_id,valid_start_date,valid_end_date,invalid_reason\n"
  static let valuesHead = "source,source_name,concept_id,concept_name\n"
  static let usagiHead =
    "sourceCode,sourceName,sourceFrequency,sourceAutoAssignedConceptIds,ADD_INFO:unit,matchScore,"
    + "mappingStatus,equivalence,statusSetBy,statusSetOn,conceptId,conceptName,domainId,"
    + "mappingType,comment,createdBy,createdOn,assignedReviewer\n"

  /// A row of source_to_concept_map.
  static func codes(
    _ code: String = "D1", source: String = "0", vocabulary: String = "LOCAL",
    name: String = "Diabetes", target: String = "201820", of: String = "SNOMED",
    start: String = "1970-01-01", end: String = "2099-12-31", reason: String = ""
  ) -> String {
    "\(code),\(source),\(vocabulary),\(name),\(target),\(of),\(start),\(end),\(reason)\n"
  }

  /// A row of a value map.
  static func values(
    _ source: String = "M", _ concept: String = "8507", _ name: String = "MALE"
  ) -> String {
    "\(source),,\(concept),\(name)\n"
  }

  /// A row that Usagi saved.
  static func usagi(
    _ code: String = "D1", name: String = "Diabetes", frequency: String = "12",
    assigned: String = "1;2", score: String = "0.87", status: String = "APPROVED",
    equivalence: String = "EQUAL", on: String = "1700000000000", concept: String = "201820",
    title: String = "Diabetes mellitus", domain: String = "Condition", type: String = "MAPS_TO",
    comment: String = "", created: String = "1700000000000"
  ) -> String {
    "\(code),\(name),\(frequency),\(assigned),mg,\(score),\(status),\(equivalence),someone,\(on),"
      + "\(concept),\(title),\(domain),\(type),\(comment),someone,\(created),\n"
  }
}
