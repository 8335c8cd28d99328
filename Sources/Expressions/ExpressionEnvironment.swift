package import Columnar

/// Concept ids by source text: one mapping file, ready for look-ups by `map()`.
package struct ValueMap: Sendable {
  package let keys: KeyIndex
  /// The target of each key, in the order of the key index.
  package let targets: [Int64]

  /// Takes over an index and as many targets as it has keys.
  package init(keys: KeyIndex, targets: [Int64]) {
    precondition(keys.count == targets.count, "one target a key")
    self.keys = keys
    self.targets = targets
  }

  /// Builds a map from pairs; of two pairs with one source text the first holds.
  package init(_ pairs: some Sequence<(source: String, target: Int64)>) {
    var keys = KeyIndex()
    var targets: [Int64] = []
    for pair in pairs where keys.insert(pair.source) == targets.count {
      targets.append(pair.target)
    }
    self.init(keys: keys, targets: targets)
  }
}

/// Where `map()` finds its maps by name.
package protocol ValueMapProvider: Sendable {
  /// The map of a name, or `nil` when there is none.
  func valueMap(_ name: String) -> ValueMap?
  /// All names, for the hint on an unknown one.
  var valueMapNames: [String] { get }
}

extension Dictionary: ValueMapProvider where Key == String, Value == ValueMap {
  package func valueMap(_ name: String) -> ValueMap? { self[name] }
  package var valueMapNames: [String] { Array(keys) }
}

/// What an expression depends on besides its rows.
package struct ExpressionEnvironment: Sendable {
  /// The day that `today()` gives, in days since 1970-01-01: the run's `--as-of`.
  package var asOf: Int64
  package var valueMaps: any ValueMapProvider

  package init(asOf: Int64, valueMaps: any ValueMapProvider = [:]) {
    self.asOf = asOf
    self.valueMaps = valueMaps
  }
}
