import Columnar
import CommonDataModel
import Diagnostics
import Engine
import EngineTestSupport
import Expressions
import Foundation
import Privacy
import TestSupport
import Testing

@testable import Transform

extension World {
  private static let environment = ExpressionEnvironment(asOf: 20_000)

  /// The hasher of keys that are no digests.
  static func hasher() throws -> KeyHasher {
    KeyHasher(key: try SecretKey(bytes: Array("a secret for tests".utf8)), namespace: "p/#value")
  }

  /// Compiles an expression that has no mistake.
  static func compiled(_ text: String, _ scope: Scope) throws -> CompiledExpression {
    var diagnostics = DiagnosticList()
    let expression = ExpressionLanguage.compile(
      text, in: scope, environment: environment,
      at: Position(file: "test", line: 1, column: 1), diagnostics: &diagnostics)
    return try #require(expression, "\(text): \(diagnostics.all.map(\.message))")
  }

  /// The plan of a rule.
  func plan(_ rule: SampleRule, joinsWait: Bool = false) throws -> RulePlan {
    let table = try #require(tables.first { $0.name == rule.from })
    var scope = Scope(driving: table.scope)
    for join in rule.joins {
      scope.joined.append(try #require(tables.first { $0.name == join.table }).scope)
    }
    var derived: [(name: String, value: CompiledExpression)] = []
    for (name, text) in rule.derive {
      let value = try Self.compiled(text, scope)
      derived.append((name, value))
      scope.derived.append(Scope.Column(name, value.type))
    }
    func key(_ parts: [String]) throws -> KeyPlan {
      KeyPlan(try parts.map { try Self.compiled($0, scope) })
    }
    let codes = codes
    let target: RuleTarget =
      rule.into == "event"
      ? .event(defaultTable: rule.defaultTable)
      : .table(try #require(CommonDataModel.table(rule.into)))
    var fansOut = false
    var plan = RulePlan(
      name: "p/\(rule.id)", identity: "p/\(rule.was ?? rule.id)", source: rule.from,
      alias: rule.from, target: target,
      joins: rule.joins.map { join in
        let declared = tables.first { $0.name == join.table }?.key ?? []
        defer { if declared != join.theirs { fansOut = true } }
        return JoinPlan(
          alias: join.table,
          request: BroadcastRequest(
            table: join.table, keys: join.theirs, isDeclaredKey: declared == join.theirs),
          columns: join.mine.map { Input(table: rule.from, column: $0) },
          isRequired: join.required, isShuffled: joinsWait && !fansOut)
      },
      derived: derived, filter: try rule.filter.map { try Self.compiled($0, scope) },
      person: try rule.person.map { try Self.compiled($0, scope) }, key: try key(rule.key),
      isKeyUnique: !table.key.isEmpty && Set(table.key).isSubset(of: rule.key),
      visit: try rule.visit.map { ("p/\($0.rule)", try key($0.key)) },
      preference: try rule.prefer.map { (try Self.compiled($0.0, scope), $0.isDescending) },
      concept: try rule.code.map {
        ConceptPlan(
          code: try Self.compiled($0, scope),
          resolver: ConceptResolver(defaultTable: rule.defaultTable) { codes[$0] })
      },
      fields: try rule.fields.map { ($0.0, .expression(try Self.compiled($0.1, scope))) }
        + rule.references.map { ($0.field, .reference(rule: "p/\($0.rule)", try key($0.key))) },
      truncated: rule.truncate, delivered: delivered, hasher: try Self.hasher())
    for table in scope.joined + [table.scope] {
      for column in table.columns {
        let input = Input(table: table.name, column: column.name)
        plan.types[input] = column.type.columnType
      }
    }
    for column in scope.derived {
      plan.types[Input(table: nil, column: column.name)] = column.type.columnType
    }
    return plan
  }

  /// Every table behind those that its rules join; joined tables go first.
  private var ordered: [SampleTable] {
    let joined = Set(rules.flatMap { $0.joins.map(\.table) })
    var left = tables.filter { joined.contains($0.name) }
    left += tables.filter { !joined.contains($0.name) }
    var order: [SampleTable] = []
    while !left.isEmpty {
      let next = left.firstIndex { table in
        let needed = rules.filter { $0.from == table.name }.flatMap { $0.joins.map(\.table) }
        return needed.allSatisfy { name in order.contains { $0.name == name } }
      }
      order.append(left.remove(at: next ?? 0))
    }
    return order
  }

  private func extractor(_ table: SampleTable, _ manner: Manner) -> MemoryTable {
    guard let seed = manner.shuffle else {
      return MemoryTable(table.name, table.schema, table.rows, chunkRows: manner.chunkRows)
    }
    var random = SeededGenerator(seed: seed)
    let rows = table.rows.shuffled(using: &random)
    var files: [[[Cell]]] = [[], [], []]
    for row in rows { files[Int.random(in: 0..<3, using: &random)].append(row) }
    return MemoryTable(table.name, table.schema, files: files, chunkRows: manner.chunkRows)
  }

  /// Runs the world and checks what must hold of every run; without a ledger and partitions of its
  /// own also that the same comes of it where every person is finished as one too large to be held.
  func run(
    _ manner: Manner = Manner(), ledger: Ledger? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Outcome {
    let outcome = try runOnce(manner, ledger: ledger, sourceLocation: sourceLocation)
    guard ledger == nil, manner.partitionBytes == .max else { return outcome }
    var large = manner
    large.largeBytes = 0
    large.partitionBytes = 200
    let other = try runOnce(large, ledger: nil, sourceLocation: sourceLocation)
    #expect(other.target.lines == outcome.target.lines, sourceLocation: sourceLocation)
    #expect(other.books == outcome.books, sourceLocation: sourceLocation)
    #expect(
      Set(other.quarantine) == Set(outcome.quarantine), sourceLocation: sourceLocation)
    #expect(other.quarantine.count == outcome.quarantine.count, sourceLocation: sourceLocation)
    return outcome
  }

  /// Runs the world in one way.
  private func runOnce(
    _ manner: Manner, ledger: Ledger?, sourceLocation: SourceLocation
  ) throws -> Outcome {
    let transformers = try rules.map {
      RuleTransformer(try self.plan($0, joinsWait: manner.joinsWait))
    }
    var streams: [StreamDefinition] = []
    var finishRules: [FinishRule] = []
    for (rule, transformer) in zip(rules, transformers) {
      var finishRule = RuleTransformer.finishRule([(transformer, streams.count)])
      finishRule.source = rule.isOther ? 1 : 0
      finishRules.append(finishRule)
      streams += transformer.streams
    }
    var finisher = PersonFinisher(
      streams: streams, rules: finishRules, sources: [source] + (otherSource.map { [$0] } ?? []),
      derivation: derivation)
    finisher.personLimit = manner.personLimit
    let runPlan = RunPlan(
      tables: ordered.map { table in
        TablePlan(
          extractor: extractor(table, manner),
          transformers: rules.indices.filter { rules[$0].from == table.name })
      }, transformers: transformers, finisher: finisher, closing: { _ in [] })
    let target = MemoryTarget()
    let quarantine = QuarantineList()
    var options = RunOptions(
      threads: manner.threads, memory: 1 << 30,
      scratch: FileManager.default.temporaryDirectory.path)
    options.shuffleBytes = manner.shuffleBytes
    options.partitionBytes = manner.partitionBytes
    options.largeBytes = manner.largeBytes
    let run = Run(
      plan: runPlan, options: options,
      ledger: try ledger ?? Ledger(path: nil, keyFingerprint: "test"), quarantine: quarantine,
      progress: Progress())
    let result = try run(into: target.loader())
    #expect(target.problems == [], sourceLocation: sourceLocation)
    #expect(result.books.imbalances == [], sourceLocation: sourceLocation)
    // Every row in quarantine has its entry, and the other way round.
    for (name, account) in result.books.rules {
      let filed = quarantine.entries.count { $0.rule == name && $0.kind == .row }
      let booked = account[.quarantined] + account[.unmatched]
      #expect(filed == booked, "\(name)", sourceLocation: sourceLocation)
    }
    return Outcome(
      target: target, books: result.books, quarantine: quarantine.entries,
      partitions: result.partitions)
  }
}

/// The clinic in which most tests happen: persons with stays, and acts within stays.
extension World {
  /// A day as rows hold it.
  static func day(_ number: Int64) -> Cell { .lane(number) }

  /// Persons P1, P2 … Pn, each with a row of the demographic table.
  static func clinic(persons: Int = 2) -> World {
    var world = World()
    world.tables = [
      SampleTable(
        "people",
        [("IPP", .identifier(namespace: "ipp")), ("SEX", .integer), ("BORN", .integer)],
        (0..<persons).map { [.key("P\($0 + 1)"), 8507, .lane(1950 + Int64($0))] }),
      SampleTable(
        "stays",
        [
          ("STAY", .localKey(namespace: "stay")), ("IPP", .identifier(namespace: "ipp")),
          ("IN", .date), ("OUT", .date), ("UNIT", .text),
        ], key: ["STAY"]),
      SampleTable(
        "acts",
        [
          ("STAY", .localKey(namespace: "stay")), ("RANK", .integer), ("CODE", .text),
          ("VALUE", .decimal(scale: 2)), ("NOTE", .text), ("DAY", .date),
        ]),
    ]
    var person = SampleRule("person", into: "person", from: "people", person: "IPP", key: ["IPP"])
    person.fields = [("gender_concept_id", "SEX"), ("year_of_birth", "BORN")]
    var stay = SampleRule(
      "stay", into: "visit_occurrence", from: "stays", person: "IPP", key: ["STAY"])
    stay.fields = [
      ("visit_concept_id", "9201"), ("visit_type_concept_id", "32817"),
      ("visit_start_date", "\"IN\""), ("visit_end_date", "OUT"),
    ]
    var act = SampleRule(
      "act", into: "event", from: "acts", person: "stays.IPP", key: ["STAY", "RANK"])
    act.joins = [("stays", ["STAY"], ["STAY"], true)]
    act.visit = ("stay", ["STAY"])
    act.code = "CODE"
    act.defaultTable = .procedure
    act.fields = [
      ("start_date", "coalesce(DAY, stays.\"IN\")"), ("type_concept_id", "32817"),
      ("value_as_number", "VALUE"),
    ]
    world.rules = [person, stay, act]
    return world
  }

  /// Adds a stay of a person from one day to another.
  mutating func stay(
    _ stay: String, of person: String, from: Int64 = 100, to: Cell = 110, unit: Cell = "U1"
  ) {
    self["stays"].append([.key(stay), .key(person), .lane(from), to, unit])
  }

  /// Adds an act within a stay.
  mutating func act(
    _ stay: String, _ rank: Int64, _ code: Cell, value: Cell = nil, note: Cell = nil,
    day: Cell = nil
  ) {
    self["acts"].append([.key(stay), .lane(rank), code, value, note, day])
  }

  /// Lets a code mean one or several concepts.
  mutating func map(_ code: String, source: Int64 = 0, _ targets: (Int64, EventTable)...) {
    codes[code] = ResolvedCode(
      sourceConcept: source,
      targets: targets.enumerated().map { slot, target in
        .init(concept: target.0, table: target.1, slot: Int64(slot))
      })
  }
}
