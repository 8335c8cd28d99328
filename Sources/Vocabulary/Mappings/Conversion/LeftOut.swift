import Diagnostics

/// What a review says of codes and a source_to_concept_map has no place for.
struct LeftOut {
  /// How many rows have it, by what it is, in the order of Usagi's columns.
  private var counts: [(what: String, rows: Int)] = []

  /// Notes what a row has.
  mutating func add(_ row: UsagiRow, except own: [String]) {
    func note(_ what: String, _ isThere: Bool) {
      guard isThere else { return }
      if let place = counts.firstIndex(where: { $0.what == what }) {
        counts[place].rows += 1
      } else {
        counts.append((what, 1))
      }
    }
    note("frequencies", row.frequency >= 0)
    note("proposed concepts", !row.proposed.isEmpty)
    for one in row.information where !own.contains(one.name) {
      note("ADD_INFO:\(one.name)", !one.text.isEmpty)
    }
    note("equivalences", row.equivalence != .unreviewed)
    note("who set the state", !row.statusSetBy.isEmpty)
    note("comments", !row.comment.isEmpty)
    note("reviewers", !row.reviewer.isEmpty)
  }

  /// A note on all of it; `nil` where there was nothing.
  var diagnostic: Diagnostic? {
    guard !counts.isEmpty else { return nil }
    let parts = counts.map { "\($0.what) (\($0.rows) \($0.rows == 1 ? "row" : "rows"))" }
    return Diagnostic(
      .note, "left-out",
      "a source_to_concept_map has no place for these: \(parts.joined(separator: ", "))", at: nil,
      hint: "keep the file as Usagi saved it: `map:` reads it without conversion")
  }
}
