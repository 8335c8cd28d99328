/// One row of a file that Usagi saves: a code and one of its targets.
///
/// Source: `WriteCodeMappingsToFile` of https://github.com/OHDSI/Usagi.
package struct UsagiRow: Hashable, Sendable {
  /// What a file says of a code in a column of its own, `ADD_INFO:name`.
  package struct Information: Hashable, Sendable {
    package var name: String
    package var text: String

    package init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }

  package var code: String
  package var name = ""
  /// How often the code occurs; −1 where nobody counted.
  package var frequency = -1
  /// The concepts that were proposed from elsewhere.
  package var proposed: [Int64] = []
  package var information: [Information] = []
  /// From 0 to 1.
  package var score = 0.0
  package var status: MappingStatus
  package var equivalence = MappingEquivalence.unreviewed
  package var statusSetBy = ""
  /// Milliseconds since 1970; 0 where nobody set the status.
  package var statusSetOn: Int64 = 0
  /// The target; 0 for none.
  package var concept: Int64
  package var conceptName = ""
  package var domain = ""
  package var type = MappingType.concept
  package var comment = ""
  package var createdBy = ""
  /// Milliseconds since 1970; 0 where it is not known.
  package var createdOn: Int64 = 0
  package var reviewer = ""

  package init(code: String, status: MappingStatus, concept: Int64) {
    self.code = code
    self.status = status
    self.concept = concept
  }

  /// The columns of a file whose codes have some further information.
  static func header(_ information: [String]) -> [String] {
    ["sourceCode", "sourceName", "sourceFrequency", "sourceAutoAssignedConceptIds"]
      + information.map { "ADD_INFO:\($0)" }
      + [
        "matchScore", "mappingStatus", "equivalence", "statusSetBy", "statusSetOn", "conceptId",
        "conceptName", "domainId", "mappingType", "comment", "createdBy", "createdOn",
        "assignedReviewer",
      ]
  }

  /// The texts of the row, in the order of `header`.
  func texts(_ names: [String]) -> [String] {
    let proposed = proposed.map(String.init).joined(separator: ";")
    return [code, name, String(frequency), proposed]
      + names.map { name in information.first { $0.name == name }?.text ?? "" }
      + [
        UsagiRow.text(score: score), status.rawValue, equivalence.rawValue, statusSetBy,
        String(statusSetOn), String(concept), conceptName, domain, type.rawValue, comment,
        createdBy,
        String(createdOn), reviewer,
      ]
  }

  /// A score with two decimals, a half rounded to the even one: Java's DecimalFormat `####0.00`.
  static func text(score: Double) -> String {
    let scaled = score * 100
    // What the product lost decides where it looks like a half.
    let lost = (-scaled).addingProduct(score, 100)
    var rounded = scaled.rounded(.toNearestOrEven)
    if abs(scaled - scaled.rounded(.down)) == 0.5, lost != 0 {
      rounded = scaled.rounded(lost > 0 ? .up : .down)
    }
    let hundredths = Int64(rounded.magnitude)
    let digits = String(hundredths % 100)
    return (score < 0 ? "-" : "") + "\(hundredths / 100)." + (digits.count < 2 ? "0" : "") + digits
  }
}
