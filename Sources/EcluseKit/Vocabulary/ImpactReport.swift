import CommonDataModel
import Diagnostics
import Engine
import Vocabulary

/// What a release does to the codes of a site, as it is told.
///
/// A code of fewer than eleven persons is not told, only how many such codes there are; a code that
/// stands in a mapping file is told, without its figures.
struct ImpactReport: Encodable {
  typealias Concept = ConceptPage.Reference

  /// A release and where it was read.
  struct Release: Encodable {
    var path: String
    /// What VOCABULARY.csv calls it.
    var release: String?
  }

  /// The codes of one kind.
  struct Total: Encodable {
    var kind: ImpactKind
    /// Those that are told.
    var codes: Int
    /// The rows of those whose figures are told; `nil` without a run.
    var records: Int?
    /// The sum of their persons, of whom some may have several of the codes; `nil` without a run.
    var personsAtMost: Int?
    /// Those that are told without figures, of fewer than eleven persons or none; `nil` without a run.
    var uncountedCodes: Int?
    /// Those of fewer than eleven persons, which are not told.
    var hiddenCodes: Int
  }

  /// A code to which the release does something.
  struct Finding: Encodable {
    var kinds: [ImpactKind]
    var pipeline: String?
    var rules: [String]
    var vocabulary: String?
    var mapping: String?
    var code: String
    var name: String
    /// Where it stands in the mapping file.
    var file: String?
    var line: Int?
    var column: Int?
    var before: [Concept]
    var after: [Concept]
    var valuesBefore: [Concept]
    var valuesAfter: [Concept]
    var deprecated: [ImpactFinding.Deprecated]
    /// The CDM tables of rows of `into: event`, where they change.
    var tablesBefore: [String]?
    var tablesAfter: [String]?
    /// `nil` without a run, and for fewer than eleven persons.
    var records: Int?
    var persons: Int?

    /// The kind under which it stands on a page: the one that matters most.
    var mainKind: ImpactKind {
      ImpactReport.order.first(where: kinds.contains) ?? .missingCode
    }

    /// Where the code comes from, and the code.
    var title: String { "\(vocabulary ?? mapping ?? ""):\(code)" }
  }

  /// The kinds as pages have them.
  static let order: [ImpactKind] = [
    .lost, .domainMoved, .changed, .deprecatedTarget, .gained, .reviewedGained, .missingCode,
  ]

  var from: Release
  var to: Release
  /// The number of the run.
  var run: Int?
  /// How many codes were compared.
  var compared: Int
  /// How many codes of the run have other concepts in the old release than the run found.
  var strangers: Int
  /// Vocabularies of codes that the old release has and the new one has not.
  ///
  /// They may have been left out of the download.
  var vocabulariesGone: [String]
  /// Which release alone was built with local concepts: the other is compared as if it were too.
  var localConceptsOnlyIn: ReleaseComparison.Side?
  /// Of all kinds, also those without codes.
  var totals: [Total]
  /// The rows that change in kind or concept, of those codes whose figures are told, and at most how
  /// many persons they are of; `nil` without a run.
  var changedRecords: Int?
  var changedPersonsAtMost: Int?
  /// The most frequent first, then by the bytes of their codes.
  var findings: [Finding]
  var hiddenCodes: Int
  /// Hidden codes of which rows change.
  var hiddenChangedCodes: Int

  /// Compares the releases.
  ///
  /// - Parameters:
  ///   - codes: the codes for which they are compared.
  ///   - releases: the releases.
  ///   - paths: where they were read.
  ///   - run: the number of the run that counted the codes.
  init(
    _ codes: [UsedCode], _ releases: ReleaseComparison, paths: (from: String, to: String),
    run: Int?
  ) {
    let (all, strangers) = releases.findings(codes)
    let told = all.filter { !ImpactReport.isHidden($0.code) }
    let hidden = all.filter { ImpactReport.isHidden($0.code) }
    from = Release(path: paths.from, release: releases.old.version)
    to = Release(path: paths.to, release: releases.new.version)
    self.run = run
    compared = codes.count
    self.strangers = strangers
    localConceptsOnlyIn = releases.onlyLocal
    let used = Set(codes.filter { $0.way == .vocabulary }.compactMap(\.vocabulary))
    vocabulariesGone = used.filter(releases.isGone).sorted()
    findings = told.map(Finding.init).sorted(by: ImpactReport.precedes)
    hiddenCodes = hidden.count
    hiddenChangedCodes = hidden.count { $0.kinds.contains(where: \.changesRows) }
    let findings = findings
    func sum(_ path: KeyPath<Finding, Int?>, _ kinds: [ImpactKind]) -> Int? {
      guard run != nil else { return nil }
      return findings.reduce(0) { sum, finding in
        kinds.contains(where: finding.kinds.contains) ? sum + (finding[keyPath: path] ?? 0) : sum
      }
    }
    totals = ImpactReport.order.map { kind in
      Total(
        kind: kind, codes: findings.count { $0.kinds.contains(kind) },
        records: sum(\.records, [kind]), personsAtMost: sum(\.persons, [kind]),
        uncountedCodes: run == nil
          ? nil : findings.count { $0.kinds.contains(kind) && $0.records == nil },
        hiddenCodes: hidden.count { $0.kinds.contains(kind) })
    }
    let changing = ImpactKind.allCases.filter(\.changesRows)
    changedRecords = sum(\.records, changing)
    changedPersonsAtMost = sum(\.persons, changing)
  }

  /// Whether telling the code would tell that fewer than eleven persons have it; what a mapping file
  /// says is known without the run.
  private static func isHidden(_ code: UsedCode) -> Bool {
    guard let persons = code.persons, code.position == nil else { return false }
    return persons < CodeCounts.leastPersons
  }

  private static func precedes(_ left: Finding, _ right: Finding) -> Bool {
    if left.records ?? 0 != right.records ?? 0 { return left.records ?? 0 > right.records ?? 0 }
    if left.code != right.code { return left.code.comesBefore(right.code) }
    func origin(_ finding: Finding) -> [String] {
      [finding.pipeline, finding.vocabulary, finding.mapping].map { $0 ?? "" }
    }
    return origin(left).lexicographicallyPrecedes(origin(right))
  }
}

extension ImpactReport.Finding {
  fileprivate init(_ finding: ImpactFinding) {
    let code = finding.code
    let isFew = (code.persons ?? 0) < CodeCounts.leastPersons
    func tables(_ concepts: [ConceptPage.Reference]) -> [String] {
      Set(concepts.map { EventImage.table(forDomain: $0.domain).rawValue }).sorted()
    }
    let (old, new) = (tables(finding.before), tables(finding.after))
    let isMoved = code.isOfEvent && finding.kinds.contains(.domainMoved) && old != new
    self.init(
      kinds: finding.kinds, pipeline: isFew ? nil : code.pipeline, rules: isFew ? [] : code.rules,
      vocabulary: code.vocabulary, mapping: code.mapping, code: code.code, name: code.name,
      file: code.position?.file, line: code.position?.line, column: code.position?.column,
      before: finding.before, after: finding.after,
      valuesBefore: finding.valuesBefore, valuesAfter: finding.valuesAfter,
      deprecated: finding.deprecated, tablesBefore: isMoved ? old : nil,
      tablesAfter: isMoved ? new : nil, records: isFew ? nil : code.records,
      persons: isFew ? nil : code.persons)
  }
}
