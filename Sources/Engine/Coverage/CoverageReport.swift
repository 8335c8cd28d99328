/// How many of the codes and rows of a run have a standard concept, by pipeline, domain and
/// vocabulary, and how that has changed since another run.
///
/// A figure that stands for fewer than eleven rows, or for one code of fewer than eleven persons,
/// is hidden; the other figures of its line are then rounded to tens and shares to whole
/// hundredths, so that no difference tells it.
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
        let isRounded = line.isRounded || earlier[key].hasSmall
        line.change = isRounded ? new.rounded(.down) - old.rounded(.down) : new - old
        line.change = line.change.map { ($0 * 100).rounded() / 100 }
      }
      return line
    }
    var all = CoverageGroup()
    for count in counts.codes { all.add(count) }
    let isRounded = lines.contains { $0.isRounded }
    coverage = CoverageReport.share(
      all.mapped.records, all.unmapped.records, isRounded: isRounded)
    codeCoverage = CoverageReport.share(all.mapped.codes, all.unmapped.codes, isRounded: isRounded)
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
    let isRounded = group.hasSmall
    func shown(_ cell: CoverageGroup.Cell) -> Int? {
      if cell.isSmall { return nil }
      return isRounded ? (cell.records + 5) / 10 * 10 : cell.records
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
    var codes = 0
    var records = 0
    /// The most persons that one code has.
    var persons = 0
    /// Whether there are codes that are not counted apart.
    var hasRest = false

    /// Whether the figure may tell of fewer than eleven persons.
    var isSmall: Bool {
      guard records > 0 else { return false }
      return records < CodeCounts.leastPersons
        || codes <= 1 && !hasRest && persons < CodeCounts.leastPersons
    }

    mutating func add(_ count: CodeCount) {
      records += count.records
      persons = max(persons, count.persons)
      if count.code != nil { codes += 1 }
      if count.outcome == .restMapped || count.outcome == .restUnmapped { hasRest = true }
    }
  }

  var mapped = Cell()
  var reviewed = Cell()
  var unmapped = Cell()
  var withoutCode = Cell()

  var hasSmall: Bool {
    mapped.isSmall || reviewed.isSmall || unmapped.isSmall || withoutCode.isSmall
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

extension CodeCounts {
  /// A code of fewer persons is not told.
  package static let leastPersons = 11
}
