internal import CommonDataModel
package import Engine
internal import Privacy
internal import Transform

/// How a run would go, as far as it is decided before any row is read: names, sizes and ways.
package struct Explanation: Codable, Hashable, Sendable {
  /// An extract table.
  package struct Table: Codable, Hashable, Sendable {
    package var table: String
    package var files: Int
    package var bytes: Int
    /// How many blocks are read and parsed apart from one another, at least.
    package var blocks: Int
  }

  /// How a rule finds the rows of a joined table.
  package struct Join: Codable, Hashable, Sendable {
    package enum Way: String, Codable, Sendable {
      /// The table is read first and held in memory.
      case held
      /// The rows of both sides are brought together by their key, part by part.
      case exchanged
    }

    package var table: String
    package var keys: [String]
    package var way: Way
    package var bytes: Int
    /// Whether the key is declared, so that one row is found at most.
    package var isUnique: Bool
  }

  package struct Rule: Codable, Hashable, Sendable {
    package var rule: String
    package var from: [String]
    package var joins: [Join]
    /// `group` or `window`, where rows are seen together.
    package var exchange: String?
    /// The tables of the CDM to which rows may go.
    package var into: [String]
  }

  package struct Memory: Codable, Hashable, Sendable {
    package var budget: Int
    package var threads: Int
    /// The size of a block.
    package var block: Int
    /// What waits in memory before it is written to a scratch file.
    package var waiting: Int
    /// The rows of one partition.
    package var partition: Int
    /// What joined tables may take that are held.
    package var held: Int
  }

  /// In the order in which they are read.
  package var tables: [Table]
  package var rules: [Rule]
  package var memory: Memory
}

extension RunPlanner {
  /// Says how a run would go; opens the headers and first blocks of the source files and nothing more.
  package func explain() throws -> Explanation {
    let plan = try plan()
    var sizes: [String: Int] = [:]
    let tables = plan.tables.map { table -> Explanation.Table in
      let parts = table.extractor.parts
      let bytes = parts.reduce(0) { $0 + Int($1.size) }
      sizes[table.extractor.table] = bytes
      return Explanation.Table(
        table: table.extractor.table, files: parts.count, bytes: bytes,
        blocks: parts.reduce(0) {
          $0 + (Int($1.size) + options.blockBytes - 1) / options.blockBytes
        }
      )
    }
    var rules: [Explanation.Rule] = []
    for transformer in plan.transformers {
      guard let rule = transformer as? RuleTransformer else { continue }
      if let same = rules.firstIndex(where: { $0.rule == rule.name }) {
        rules[same].from.append(rule.source)
        continue
      }
      rules.append(rule.explanation(sizes))
    }
    return Explanation(
      tables: tables, rules: rules,
      memory: Explanation.Memory(
        budget: options.memory, threads: options.threads, block: options.blockBytes,
        waiting: options.shuffleBytes, partition: options.partitionBytes,
        held: options.broadcastBytes))
  }
}

extension RuleTransformer {
  fileprivate func explanation(_ sizes: [String: Int]) -> Explanation.Rule {
    Explanation.Rule(
      rule: name, from: [source],
      joins: plan.joins.map { join in
        Explanation.Join(
          table: join.request.table, keys: join.request.keys,
          way: join.isShuffled ? .exchanged : .held, bytes: sizes[join.request.table] ?? 0,
          isUnique: join.request.isDeclaredKey)
      }, exchange: plan.group.map { $0.isWindow ? "window" : "group" },
      into: streams.compactMap(\.table?.name))
  }
}

extension ProjectSession {
  /// The plan of a run with some options, without state: keys are digested with nobody's secret.
  ///
  /// - Parameter options: how the run would use the machine.
  /// - Returns: how the run would go; `nil` when the project cannot be read.
  /// - Throws: what is wrong with the sources.
  package func explain(options: RunOptions) throws -> Explanation? {
    guard let project else { return nil }
    return try RunPlanner(
      project: project, vocabulary: vocabulary, mappings: mappings,
      key: try SecretKey(bytes: Array("no secret is needed here".utf8)), asOf: asOf,
      registry: registry, options: options
    ).explain()
  }
}
