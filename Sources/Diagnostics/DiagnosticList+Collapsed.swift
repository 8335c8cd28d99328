extension DiagnosticList {
  /// The diagnostics in the order of `sorted`, at most `limit` of one code in one file: the last of
  /// them says how many more there are.
  ///
  /// A mistake that runs through a whole file would otherwise bury all others.
  ///
  /// - Complexity: O(*n* log *n*).
  package func collapsed(to limit: Int) -> DiagnosticList {
    struct Kind: Hashable {
      var file: String?
      var code: String
    }
    let ordered = sorted
    var counts: [Kind: Int] = [:]
    for diagnostic in ordered {
      counts[Kind(file: diagnostic.position?.file, code: diagnostic.code), default: 0] += 1
    }
    var seen: [Kind: Int] = [:]
    var list = DiagnosticList()
    for diagnostic in ordered {
      let kind = Kind(file: diagnostic.position?.file, code: diagnostic.code)
      let number = seen[kind, default: 0] + 1
      seen[kind] = number
      if number > limit { continue }
      var shown = diagnostic
      let hidden = counts[kind, default: 0] - limit
      if number == limit, hidden > 0 {
        let more = "\(hidden) more of this code in the file"
        shown.hint = shown.hint.map { "\($0); \(more)" } ?? more
      }
      list.add(shown)
    }
    return list
  }
}
