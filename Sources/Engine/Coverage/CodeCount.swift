/// What a run found of one code of the source, in one field that one rule fills in one CDM table.
///
/// Rows are counted that are written; a code with several concepts is counted once for each row of
/// the source. Persons are distinct.
package struct CodeCount: Codable, Hashable, Sendable {
  /// What became of a code.
  package enum Outcome: String, Codable, CaseIterable, Sendable {
    /// A mapping file gives it a standard concept.
    case mappedByFile = "mapped_by_file"
    /// A file of values gives it its concept, which is written as it stands.
    case mappedByValueFile = "mapped_by_value_file"
    /// The vocabulary's `Maps to` gives it a standard concept.
    case mappedByVocabulary = "mapped_by_vocabulary"
    /// A mapping file says that somebody looked at it and found no target.
    case reviewed
    /// Nothing gives it a standard concept.
    case unmapped
    /// The rows have no code.
    case noCode = "no_code"
    /// The codes beyond the most that are counted apart, as far as they have a standard concept.
    case restMapped = "rest_mapped"
    /// The codes beyond the most that are counted apart, as far as they have none.
    case restUnmapped = "rest_unmapped"

    /// Whether rows with the code have a standard concept.
    package var isMapped: Bool {
      switch self {
      case .mappedByFile, .mappedByValueFile, .mappedByVocabulary, .restMapped: true
      case .reviewed, .unmapped, .noCode, .restUnmapped: false
      }
    }

    /// Whether somebody has still to map the code.
    package var isUnmapped: Bool { self == .unmapped || self == .restUnmapped }
  }

  package var pipeline: String
  /// The id of the rule in its pipeline.
  package var rule: String
  /// The CDM table in which the rows stand.
  package var table: String
  /// The field of that table which the code fills.
  package var field: String
  /// The domain to which the field's concepts belong, in lower case: `condition`, `unit`.
  package var domain: String
  /// The vocabulary that the rule names.
  package var vocabulary: String?
  /// The mapping file that the rule names.
  package var mapping: String?
  /// The code as it is looked up; `nil` where there is none, and for the rest.
  package var code: String?
  /// What the mapping file, else the vocabulary, calls it; empty where neither does.
  package var name: String
  package var outcome: Outcome
  package var records: Int
  /// Distinct persons; 0 for the rest, of which they are not known.
  package var persons: Int
  /// The concept of the code itself; 0 where there is none.
  package var sourceConcept: Int64
  /// The standard concepts, in ascending order.
  package var concepts: [Int64]
  /// The numbers that come with the code, by unit.
  package var values: [ValueCount]

  package init(
    pipeline: String, rule: String, table: String, field: String, domain: String,
    vocabulary: String?, mapping: String?, code: String?, name: String = "", outcome: Outcome,
    records: Int, persons: Int, sourceConcept: Int64 = 0, concepts: [Int64] = [],
    values: [ValueCount] = []
  ) {
    self.pipeline = pipeline
    self.rule = rule
    self.table = table
    self.field = field
    self.domain = domain
    self.vocabulary = vocabulary
    self.mapping = mapping
    self.code = code
    self.name = name
    self.outcome = outcome
    self.records = records
    self.persons = persons
    self.sourceConcept = sourceConcept
    self.concepts = concepts
    self.values = values
  }

  /// Where the code comes from: the vocabulary that the rule names, else its mapping file.
  package var origin: String { vocabulary ?? mapping ?? "" }
}

/// The numbers in one unit that come with a code.
package struct ValueCount: Codable, Hashable, Sendable {
  /// The shares of the values, in hundredths, below which `quantiles` lie.
  package static let shares = [5, 25, 50, 75, 95]

  /// The unit as the source writes it; empty where it writes none.
  package var unit: String
  package var records: Int
  package var persons: Int
  /// The quantiles of `shares`, rounded towards zero by at most the precision of the counts.
  package var quantiles: [Double]

  package init(unit: String, records: Int, persons: Int, quantiles: [Double]) {
    self.unit = unit
    self.records = records
    self.persons = persons
    self.quantiles = quantiles
  }
}

/// What a run found of all codes.
package struct CodeCounts: Hashable, Sendable {
  /// In the order of pipelines, rules, tables, fields and codes, by their bytes.
  package private(set) var codes: [CodeCount]
  /// The relative error of quantiles is below it.
  package var precision: Double

  /// Puts counts in their order.
  package init(_ codes: [CodeCount], precision: Double) {
    self.precision = precision
    // As they were written they are in order already, and there may be hundreds of thousands.
    let isSorted = codes.indices.dropFirst().allSatisfy {
      !CodeCounts.precedes(codes[$0], codes[$0 - 1])
    }
    self.codes = isSorted ? codes : codes.sorted(by: CodeCounts.precedes)
  }
}

extension CodeCounts {
  private static func precedes(_ left: CodeCount, _ right: CodeCount) -> Bool {
    if left.pipeline != right.pipeline { return left.pipeline.comesBefore(right.pipeline) }
    if left.rule != right.rule { return left.rule.comesBefore(right.rule) }
    if left.table != right.table { return left.table.comesBefore(right.table) }
    if left.field != right.field { return left.field.comesBefore(right.field) }
    let ranks = (left.outcome.rank, right.outcome.rank)
    if ranks.0 != ranks.1 { return ranks.0.comesBefore(ranks.1) }
    return (left.code ?? "").comesBefore(right.code ?? "")
  }
}

extension CodeCount.Outcome {
  /// Codes stand together, in front of what has none.
  fileprivate var rank: String {
    switch self {
    case .mappedByFile, .mappedByValueFile, .mappedByVocabulary, .reviewed, .unmapped: ""
    default: rawValue
    }
  }
}

extension String {
  /// Whether the text stands before another in the order of their bytes.
  package func comesBefore(_ other: String) -> Bool {
    utf8.lexicographicallyPrecedes(other.utf8)
  }
}
