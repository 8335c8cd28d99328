/// How many of the codes and rows of a run have a standard concept, by pipeline, domain and
/// vocabulary, and how that has changed since another run.
///
/// Exact are sums over codes of eleven persons or more. The rows of the others enter every figure as
/// `FewRows` tells them, and in no other way: no difference of figures says more of them than that.
/// A line with such codes is rounded to tens, its shares to whole hundredths, and a figure that has
/// nothing else and is small is hidden.
package struct CoverageReport: Codable, Hashable, Sendable {
  /// The codes of one pipeline, domain and vocabulary.
  package struct Line: Codable, Hashable, Sendable {
    package var pipeline: String
    package var domain: String
    /// The vocabulary that rules name, else the mapping file.
    package var vocabulary: String
    package var codes: Codes
    package var records: Records
    /// Of a hundred rows whose code somebody should map, those that have a concept, rounded down;
    /// `nil` where there is none.
    package var coverage: Double?
    /// Of a hundred such codes, those that have a concept, rounded down.
    package var codeCoverage: Double?
    /// By how many points `coverage` has risen since the run before; `nil` where that did not have
    /// the line.
    package var change: Double?
    /// Whether figures are rounded to hide a small one.
    package var isRounded: Bool
  }

  /// How many codes.
  package struct Codes: Codable, Hashable, Sendable {
    package var mapped = 0
    /// Looked at, and found to have no target.
    package var reviewed = 0
    package var unmapped = 0
  }

  /// How many rows; `nil` where the figure is hidden.
  package struct Records: Codable, Hashable, Sendable {
    package var mapped: Int?
    package var reviewed: Int?
    package var unmapped: Int?
    package var withoutCode: Int?
  }

  /// The number of the run.
  package var run: Int
  /// The number of the published run before it, with which it is compared.
  package var before: Int?
  package var lines: [Line]
  /// Of a hundred rows of all lines whose code somebody should map, those that have a concept, rounded
  /// down, to a whole number where any line is rounded.
  package var coverage: Double?
  /// The same of codes.
  package var codeCoverage: Double?

  /// Adds the counts of a run up.
  ///
  /// - Parameters:
  ///   - counts: the counts.
  ///   - run: the number of the run.
  ///   - before: the counts of the run before and its number.
  package init(_ counts: CodeCounts, run: Int, before: (run: Int, counts: CodeCounts)? = nil) {
    self.run = run
    self.before = before?.run
    let earlier = before.map { CoverageGroups($0.counts) }
    let groups = CoverageGroups(counts)
    lines = groups.keys.map { key in
      let group = groups[key]
      var line = Line(group, key)
      if let earlier, let old = Line(earlier[key], key).coverage, let new = line.coverage {
        let isRounded = line.isRounded || earlier[key].isRounded
        line.change = isRounded ? new.rounded(.down) - old.rounded(.down) : new - old
        line.change = line.change.map { ($0 * 100).rounded() / 100 }
      }
      return line
    }
    // Sums of what the lines tell: adding the counts themselves up anew would tell more of them.
    func sum(_ path: KeyPath<CoverageGroup, Int>) -> Int {
      groups.keys.reduce(0) { $0 + groups[$1][keyPath: path] }
    }
    let isRounded = lines.contains { $0.isRounded }
    coverage = CoverageReport.share(
      sum(\.mapped.records), sum(\.unmapped.records), isRounded: isRounded)
    codeCoverage = CoverageReport.share(
      sum(\.mapped.codes), sum(\.unmapped.codes), isRounded: isRounded)
  }

  /// How many of a hundred are mapped, rounded down; `nil` of none.
  fileprivate static func share(_ mapped: Int, _ open: Int, isRounded: Bool) -> Double? {
    guard mapped + open > 0 else { return nil }
    let (whole, parts) = isRounded ? (100, 1.0) : (10_000, 100.0)
    return Double(mapped * whole / (mapped + open)) / parts
  }
}

extension CoverageReport.Line {
  fileprivate init(_ group: CoverageGroup, _ key: CoverageGroups.Key) {
    let isRounded = group.isRounded
    func shown(_ cell: CoverageGroup.Cell) -> Int? {
      if cell.isSmall { return nil }
      return isRounded ? FewRows.rounded(cell.records) : cell.records
    }
    func share(_ mapped: Int, _ open: Int) -> Double? {
      CoverageReport.share(mapped, open, isRounded: isRounded)
    }
    self.init(
      pipeline: key.pipeline, domain: key.domain, vocabulary: key.origin,
      codes: CoverageReport.Codes(
        mapped: group.mapped.codes, reviewed: group.reviewed.codes,
        unmapped: group.unmapped.codes),
      records: CoverageReport.Records(
        mapped: shown(group.mapped), reviewed: shown(group.reviewed),
        unmapped: shown(group.unmapped), withoutCode: shown(group.withoutCode)),
      coverage: share(group.mapped.records, group.unmapped.records),
      codeCoverage: share(group.mapped.codes, group.unmapped.codes), change: nil,
      isRounded: isRounded)
  }
}

/// The counts of codes that are told together.
struct CoverageGroup {
  /// The codes of one kind.
  struct Cell {
    /// All of them, also those of few persons.
    var codes = 0
    /// The rows of codes of eleven persons or more.
    private var told = 0
    /// Those of codes of fewer.
    private(set) var few = FewRows()
    /// Those of codes that are too many to be counted apart, whose persons nobody knows.
    private(set) var rest = FewRows()

    /// How many rows there are, as far as it is told.
    var records: Int { told + few.estimate + rest.estimate }

    /// Whether `records` is not exact.
    var isRounded: Bool { few.count + rest.count > 0 }

    /// Whether there is nothing but a few rows, or one code, of few persons.
    var isSmall: Bool {
      told == 0 && isRounded
        && (few.count + rest.count == 1 || few.least + rest.least < CodeCounts.leastPersons)
    }

    mutating func add(_ count: CodeCount) {
      if count.code != nil { codes += 1 }
      switch count.outcome {
      case .restMapped, .restUnmapped: rest.add(count.records, isCounted: false)
      case _ where count.isTold: told += count.records
      default: few.add(count.records, isCounted: count.code != nil)
      }
    }
  }

  var mapped = Cell()
  var reviewed = Cell()
  var unmapped = Cell()
  var withoutCode = Cell()

  /// Whether a figure is not exact.
  var isRounded: Bool {
    mapped.isRounded || reviewed.isRounded || unmapped.isRounded || withoutCode.isRounded
  }

  mutating func add(_ count: CodeCount) {
    switch count.outcome {
    case .mappedByFile, .mappedByValueFile, .mappedByVocabulary, .restMapped: mapped.add(count)
    case .reviewed: reviewed.add(count)
    case .unmapped, .restUnmapped: unmapped.add(count)
    case .noCode: withoutCode.add(count)
    }
  }
}

/// The counts of a run by pipeline, domain and vocabulary.
struct CoverageGroups {
  struct Key: Hashable {
    var pipeline: String
    var domain: String
    var origin: String
  }

  private var groups: [Key: CoverageGroup] = [:]

  init(_ counts: CodeCounts) {
    for code in counts.codes {
      let key = Key(pipeline: code.pipeline, domain: code.domain, origin: code.origin)
      groups[key, default: CoverageGroup()].add(code)
    }
  }

  subscript(_ key: Key) -> CoverageGroup { groups[key] ?? CoverageGroup() }

  /// The keys, in the order of their bytes.
  var keys: [Key] {
    groups.keys.sorted { left, right in
      for path in [\Key.pipeline, \.domain] where left[keyPath: path] != right[keyPath: path] {
        return left[keyPath: path].comesBefore(right[keyPath: path])
      }
      return left.origin.comesBefore(right.origin)
    }
  }
}
