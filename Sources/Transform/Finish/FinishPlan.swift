/// What decides between several rows of one key.
package enum KeyPolicy: Hashable, Sendable {
  /// The rows describe one thing: they are merged field by field (a person, a place, a death).
  case merge
  /// The source declares the key unique: equal rows are one row, differing rows need a preference.
  case unique
  /// Several rows of one key are several events, told apart by their contents.
  case multiple
}

/// What finishing needs to know of a rule.
package struct FinishRule: Sendable {
  /// The rule's name in books and quarantine, `pipeline/id`.
  package var name: String
  /// The name that ids are made of: the name the rule was first known by.
  package var identity: String
  package var policy: KeyPolicy
  /// Whether the stream has the column `#prefer`.
  package var hasPreference: Bool
  /// The rule that makes the visits to which `#visit` refers.
  package var visitRule: String?
  /// The positions of the rule's streams in the plan's list, and of those with its tombstones: one
  /// for each extract table.
  package var streams: [Int]
  package var tombstones: [Int]

  package init(
    name: String, identity: String, policy: KeyPolicy, hasPreference: Bool, visitRule: String?,
    streams: [Int], tombstones: [Int]
  ) {
    self.name = name
    self.identity = identity
    self.policy = policy
    self.hasPreference = hasPreference
    self.visitRule = visitRule
    self.streams = streams
    self.tombstones = tombstones
  }
}

/// What the engine derives after the rules, and how.
package struct DerivationPlan: Sendable {
  /// How drug eras are made.
  package struct DrugEras: Sendable {
    /// The days that may lie between two times of exposure.
    package var gap: Int64
    /// The ingredients that a drug contains.
    package var ingredients: @Sendable (Int64) -> [Int64]

    package init(gap: Int64, ingredients: @escaping @Sendable (Int64) -> [Int64]) {
      self.gap = gap
      self.ingredients = ingredients
    }
  }

  /// The type concept of observation periods.
  package var periodType: Int64
  /// The days that may lie between two occurrences of one condition era; `nil` makes none.
  package var conditionGap: Int64?
  /// `nil` makes no drug eras.
  package var drugEras: DrugEras?

  package init(
    periodType: Int64 = 32817, conditionGap: Int64? = nil, drugEras: DrugEras? = nil
  ) {
    self.periodType = periodType
    self.conditionGap = conditionGap
    self.drugEras = drugEras
  }
}
