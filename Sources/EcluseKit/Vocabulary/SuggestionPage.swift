import Vocabulary

/// Suggestions for codes, as they are printed.
struct SuggestionPage {
  struct Entry: Encodable {
    var code: String
    var name: String
    var frequency: Int?
    var suggestions: [Suggestion]
  }

  let entries: [Entry]

  init(_ found: [(SourceTerm, [Suggestion])]) {
    entries = found.map {
      Entry(code: $0.code, name: $0.name, frequency: $0.frequency, suggestions: $1)
    }
  }

  /// One paragraph for each code.
  var text: [String] {
    entries.flatMap { entry -> [String] in
      let times = entry.frequency.map { ", \(Terminal.grouped($0)) times" } ?? ""
      let lines = entry.suggestions.map { one in
        "  \(one.score.formatted(places: 2))  \(one.id)  \(one.name)  (\(one.vocabulary):\(one.code), \(one.domain))"
      }
      return ["\(entry.code)  \(entry.name)\(times)"] + (lines.isEmpty ? ["  nothing"] : lines)
    }
  }

  /// One row for each suggestion; a code without any has one row with the concept 0.
  var csv: [String] {
    let head = [
      "source_code", "source_name", "frequency", "rank", "score", "concept_id", "concept_name",
      "vocabulary_id", "concept_code", "domain_id", "concept_class_id",
    ]
    let rows = entries.flatMap { entry -> [[String]] in
      let own = [entry.code, entry.name, entry.frequency.map(String.init) ?? ""]
      guard !entry.suggestions.isEmpty else { return [own + ["", "", "0", "", "", "", "", ""]] }
      return entry.suggestions.enumerated().map { rank, one in
        own + [
          "\(rank + 1)", one.score.formatted(places: 3), "\(one.id)", one.name, one.vocabulary,
          one.code, one.domain, one.conceptClass,
        ]
      }
    }
    return ([head] + rows).map(CSVText.line)
  }

  /// One row for each code, with the columns of Usagi's `WriteCodeMappingsToFile`.
  ///
  /// Times are 0, so that the same suggestions are the same bytes.
  var usagi: [String] {
    let head = [
      "sourceCode", "sourceName", "sourceFrequency", "sourceAutoAssignedConceptIds", "matchScore",
      "mappingStatus", "equivalence", "statusSetBy", "statusSetOn", "conceptId", "conceptName",
      "domainId", "mappingType", "comment", "createdBy", "createdOn", "assignedReviewer",
    ]
    let rows = entries.map { entry -> [String] in
      let best = entry.suggestions.first
      return [
        entry.code, entry.name, entry.frequency.map(String.init) ?? "-1",
        entry.suggestions.map { "\($0.id)" }.joined(separator: ";"),
        (best?.score ?? 0).formatted(places: 3), "UNCHECKED", "UNREVIEWED", "", "0",
        "\(best?.id ?? 0)", best?.name ?? "Unmapped", best?.domain ?? "",
        best == nil ? "" : "MAPS_TO", "", best == nil ? "" : "<auto>", "0", "",
      ]
    }
    return ([head] + rows).map(CSVText.line)
  }
}
