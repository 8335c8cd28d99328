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
  private let codes: UnmappedCodes

  /// - Parameters:
  ///   - found: the suggestions for each code.
  ///   - codes: what the file with the codes says of them besides.
  init(_ found: [(SourceTerm, [Suggestion])], of codes: UnmappedCodes) {
    self.codes = codes
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

  /// One row for each code, as Usagi saves them.
  ///
  /// What a person has written of a code stays: its comment and further information, and of a flagged
  /// one the state and the targets. Times are 0, so that the same suggestions are the same bytes.
  var usagi: UsagiLines {
    UsagiLines(entries.flatMap(rows), information: codes.informationNames)
  }

  private func rows(_ entry: Entry) -> [UsagiRow] {
    let known = codes.reviews[entry.code] ?? []
    let proposed = entry.suggestions.map(\.id)
    let isFlagged = known.first?.status == .flagged
    if isFlagged, known.contains(where: { $0.concept != 0 }) {
      return known.map { row in
        var row = row
        if !proposed.isEmpty { row.proposed = proposed }
        return row
      }
    }
    let best = entry.suggestions.first
    var row = known.first ?? UsagiRow(code: entry.code, status: .unchecked, concept: 0)
    row.name = entry.name
    row.frequency = entry.frequency ?? -1
    row.proposed = proposed
    row.score = best?.score ?? 0
    if !isFlagged {
      row.status = .unchecked
      row.equivalence = .unreviewed
      row.statusSetBy = ""
      row.statusSetOn = 0
    }
    row.concept = best?.id ?? 0
    row.conceptName = best?.name ?? "Unmapped"
    row.domain = best?.domain ?? ""
    row.type = .concept
    row.createdBy = best == nil ? "" : "<auto>"
    row.createdOn = 0
    return [row]
  }
}
