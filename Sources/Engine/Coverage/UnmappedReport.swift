/// The codes of a run that have no standard concept and that nobody has reviewed, the most frequent
/// first.
///
/// Codes of fewer than eleven persons are not told, only how many they are and, in tens, how many
/// rows they have: as coverage tells it (`FewRows`). Of a code that eleven persons have in one rule
/// and fewer in another, the rows of the former alone are told.
package struct UnmappedReport: Codable, Hashable, Sendable {
  /// One code of a pipeline, over all rules that look it up in the same place.
  package struct Code: Codable, Hashable, Sendable {
    package var pipeline: String
    /// The domain in which most of its rows stand.
    package var domain: String
    package var vocabulary: String?
    package var mapping: String?
    package var code: String
    /// Empty where neither the mapping file nor the vocabulary has a name.
    package var name: String
    package var records: Int
    /// Distinct persons; of several rules, of the one that has most.
    package var persons: Int
    package var rules: [String]
    /// The numbers that come with it by unit, the most frequent first, of eleven persons or more.
    package var values: [ValueCount]
  }

  /// The codes that are not told.
  package struct Hidden: Codable, Hashable, Sendable {
    package var codes: Int
    /// In tens, those of rules in which few persons have a code that is told among them; `nil` for a
    /// few rows, or those of one code.
    package var records: Int?
  }

  package var run: Int
  package var codes: [Code]
  package var hidden: Hidden
  /// The rows of codes that are not counted apart, because there are too many, in tens.
  package var restRecords: Int
  /// The relative error of quantiles is below it.
  package var precision: Double

  /// Gathers the codes of a run.
  ///
  /// - Parameters:
  ///   - counts: the counts.
  ///   - run: the number of the run.
  package init(_ counts: CodeCounts, run: Int) {
    self.run = run
    precision = counts.precision
    let lines = CoverageGroups(counts)
    let cells = lines.keys.map { lines[$0].unmapped }
    restRecords = FewRows.rounded(cells.reduce(0) { $0 + $1.rest.estimate })
    var groups: [Key: [CodeCount]] = [:]
    for code in counts.codes where code.outcome == .unmapped {
      groups[Key(code), default: []].append(code)
    }
    codes = groups.values.compactMap { UnmappedReport.code($0.filter(\.isTold)) }
      .sorted(by: UnmappedReport.precedes)
    let few = cells.map(\.few)
    let isSmall =
      few.reduce(0) { $0 + $1.count } == 1
      || 1..<CodeCounts.leastPersons ~= few.reduce(0) { $0 + $1.least }
    hidden = Hidden(
      codes: groups.count - codes.count,
      records: isSmall ? nil : FewRows.rounded(few.reduce(0) { $0 + $1.estimate }))
  }

  private struct Key: Hashable {
    var pipeline: String
    var vocabulary: String?
    var mapping: String?
    var code: [UInt8]

    init(_ count: CodeCount) {
      pipeline = count.pipeline
      vocabulary = count.vocabulary
      mapping = count.mapping
      code = Array((count.code ?? "").utf8)
    }
  }

  private static func code(_ counts: [CodeCount]) -> Code? {
    // Of equal ones the first stands, and they come in the order of the counts.
    guard let main = counts.reduce(nil, { $1.records > $0?.records ?? 0 ? $1 : $0 }),
      let code = main.code
    else { return nil }
    let values = counts.flatMap(\.values).filter { $0.persons >= CodeCounts.leastPersons }
      .sorted { ($0.records, $1.unit) > ($1.records, $0.unit) }
    var units: Set<String> = []
    return Code(
      pipeline: main.pipeline, domain: main.domain, vocabulary: main.vocabulary,
      mapping: main.mapping, code: code, name: main.name,
      records: counts.reduce(0) { $0 + $1.records },
      persons: counts.map(\.persons).max() ?? 0, rules: Set(counts.map(\.rule)).sorted(),
      values: values.filter { units.insert($0.unit).inserted })
  }

  private static func precedes(_ left: Code, _ right: Code) -> Bool {
    if left.records != right.records { return left.records > right.records }
    if left.code != right.code { return left.code.comesBefore(right.code) }
    if left.pipeline != right.pipeline { return left.pipeline.comesBefore(right.pipeline) }
    return (left.vocabulary ?? "", left.mapping ?? "")
      < (right.vocabulary ?? "", right.mapping ?? "")
  }
}

extension UnmappedReport {
  /// The first codes of the list alone.
  package func first(_ count: Int) -> UnmappedReport {
    var report = self
    report.codes = Array(codes.prefix(count))
    return report
  }

  /// The codes as the rows of a file that Usagi imports, the names of the columns first:
  /// `source_code`, `source_name` and `frequency` are what its dialog asks for, the others are
  /// additional information.
  ///
  /// Usagi searches by the name and reads the frequency as a whole number of 32 bits
  /// (`ImportDialog` of https://github.com/OHDSI/Usagi): a code without a name stands for its own.
  package var rows: [[String]] {
    let head =
      "source_code,source_name,frequency,persons,pipeline,domain,vocabulary,mapping,rules,units,"
      + "values_in,p5,p25,p50,p75,p95"
    return [head.split(separator: ",").map(String.init)]
      + codes.map { code in
        let main = code.values.first
        return [
          code.code, code.name.isEmpty ? code.code : code.name,
          "\(min(code.records, Int(Int32.max)))", "\(code.persons)", code.pipeline, code.domain,
          code.vocabulary ?? "", code.mapping ?? "", code.rules.joined(separator: " "),
          code.values.map(\.unit).filter { !$0.isEmpty }.joined(separator: " "), main?.unit ?? "",
        ] + (main?.quantiles.map { "\($0.shortened)" } ?? ValueCount.shares.map { _ in "" })
      }
  }
}

extension Double {
  /// The number with four digits that count, for people.
  package var shortened: Double {
    var unit = 1.0
    while magnitude * unit < 1000, unit < 1e15 { unit *= 10 }
    return (self * unit).rounded() / unit
  }
}
