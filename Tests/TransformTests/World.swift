import Columnar
import CommonDataModel
import Diagnostics
import Engine
import EngineTestSupport
import Expressions
import Foundation
import Privacy
import Testing

@testable import Transform

/// An extract table of a test.
struct SampleTable {
  var name: String
  var columns: [(name: String, type: ExpressionType)]
  var rows: [[Cell]]
  /// The declared unique key.
  var key: [String] = []

  init(
    _ name: String, _ columns: [(name: String, type: ExpressionType)], key: [String] = [],
    _ rows: [[Cell]] = []
  ) {
    self.name = name
    self.columns = columns
    self.rows = rows
    self.key = key
  }

  var scope: Scope.Table { Scope.Table(name, columns.map { Scope.Column($0.name, $0.type) }) }

  var schema: Schema { Schema(columns.map { Field($0.name, $0.type.columnType) }) }
}

/// A rule of a test, written as in a pipeline.
struct SampleRule {
  var id: String
  /// A table of the CDM, or `event`.
  var into: String
  var from: String
  var was: String?
  var joins: [(table: String, mine: [String], theirs: [String], required: Bool)] = []
  var filter: String?
  var derive: [(String, String)] = []
  var person: String?
  var key: [String]
  var visit: (rule: String, key: [String])?
  var prefer: (String, isDescending: Bool)?
  var code: String?
  var defaultTable = EventTable.observation
  var fields: [(String, String)] = []
  var references: [(field: String, rule: String, key: [String])] = []
  var truncate: Set<String> = []
  /// Whether the rule belongs to the world's other source.
  var isOther = false

  init(_ id: String, into: String, from: String, person: String? = nil, key: [String]) {
    self.id = id
    self.into = into
    self.from = from
    self.person = person
    self.key = key
  }
}

/// A project in miniature: tables with their rows, and rules over them.
struct World {
  var tables: [SampleTable] = []
  var rules: [SampleRule] = []
  /// What the codes mean.
  var codes: [String: ResolvedCode] = [:]
  /// The day of the delivery.
  var delivered: Int64? = 20_000
  /// What becomes of the visits, and how persons are observed.
  var source = SourcePlan()
  /// The same of the other source, where there is one.
  var otherSource: SourcePlan?
  /// What is derived of all rows.
  var derivation = DerivationPlan()

  subscript(_ table: String) -> [[Cell]] {
    get { tables.first { $0.name == table }?.rows ?? [] }
    set {
      for index in tables.indices where tables[index].name == table {
        tables[index].rows = newValue
      }
    }
  }

  subscript(rule id: String) -> SampleRule {
    get { rules.first { $0.id == id } ?? SampleRule(id, into: "event", from: "", key: []) }
    set {
      for index in rules.indices where rules[index].id == id { rules[index] = newValue }
    }
  }
}

/// How a world is run.
struct Manner {
  var threads = 1
  var chunkRows = 1000
  var shuffleBytes = Int.max
  var partitionBytes = Int.max
  /// The bytes beyond which a partition is finished through scratch files.
  var largeBytes = Int.max
  /// The seed by which rows are shuffled and cut into files.
  var shuffle: UInt64?
  var personLimit = 1 << 24
  /// Whether the rows of joined tables and those that ask for them wait for one another.
  var joinsWait = false
}

/// What a run of a world came to.
struct Outcome {
  var target: MemoryTarget
  var books: Books
  var quarantine: [QuarantineEntry]
  var partitions: Int

  /// The rows of a table.
  subscript(_ table: String) -> [[String: String]] { target.published?[table] ?? [] }

  func rule(_ id: String) -> RuleAccount { books.rules["p/\(id)"] ?? RuleAccount() }

  /// The refused rows of a rule as `offset reason [field] [< parent]`, where rows stand at tens.
  func refusals(_ id: String) -> [String] {
    quarantine.filter { $0.rule == "p/\(id)" && $0.kind == .row }.map { entry in
      var text = "\(entry.position.offset / 10) \(entry.reason)"
      if let field = entry.field { text += " \(field)" }
      if let parent = entry.parent { text += " < \(parent.file).\(parent.offset / 10)" }
      return text
    }
  }

  /// The values of a field of a table's rows, in the order of the rows.
  func values(_ table: String, _ field: String) -> [String?] { self[table].map { $0[field] } }
}
