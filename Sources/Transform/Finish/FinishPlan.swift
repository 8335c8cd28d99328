package import Vocabulary

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
  /// The position of its source in the plan's list.
  package var source = 0
  /// Whether its rows are visits.
  package var makesVisits: Bool

  package init(
    name: String, identity: String, policy: KeyPolicy, hasPreference: Bool, visitRule: String?,
    streams: [Int], tombstones: [Int], makesVisits: Bool = false
  ) {
    self.name = name
    self.identity = identity
    self.policy = policy
    self.hasPreference = hasPreference
    self.visitRule = visitRule
    self.streams = streams
    self.tombstones = tombstones
    self.makesVisits = makesVisits
  }
}

/// What finishing does with the rows of one source.
package struct SourcePlan: Sendable {
  /// `nil` leaves visits as they are.
  package var visits: VisitPlan?
  package var periods: PeriodPlan
  /// The day of the delivery, after which nobody was observed.
  package var delivered: Int64?

  package init(
    visits: VisitPlan? = nil, periods: PeriodPlan = PeriodPlan(), delivered: Int64? = nil
  ) {
    self.visits = visits
    self.periods = periods
    self.delivered = delivered
  }
}

/// How the time during which a source observed a person is told.
package struct PeriodPlan: Hashable, Sendable {
  package enum Method: Hashable, Sendable {
    /// From the first to the last clinical event.
    case events
    /// As by events, with an end wherever more days lie between two events.
    case gap(Int64)
    /// The times of enrolment with a payer.
    case enrolment
  }

  package var method: Method
  /// The days after the last event during which the person was still observed.
  package var persistence: Int64
  /// The type concept.
  package var type: Int64

  package init(method: Method = .events, persistence: Int64 = 0, type: Int64 = 32_817) {
    self.method = method
    self.persistence = persistence
    self.type = type
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

  /// How dose eras are made.
  package struct DoseEras: Sendable {
    /// The days that may lie between two exposures of one dose.
    package var gap: Int64
    /// The ingredients that a drug contains, with their strengths.
    package var strengths: @Sendable (Int64) -> [ConceptStrength]

    package init(gap: Int64, strengths: @escaping @Sendable (Int64) -> [ConceptStrength]) {
      self.gap = gap
      self.strengths = strengths
    }
  }

  /// Whether persons without observation period are left out.
  package var dropsUnobserved: Bool
  /// The days that may lie between two occurrences of one condition era; `nil` makes none.
  package var conditionGap: Int64?
  /// `nil` makes no drug eras.
  package var drugEras: DrugEras?
  /// `nil` makes no dose eras.
  package var doseEras: DoseEras?

  package init(
    dropsUnobserved: Bool = false, conditionGap: Int64? = nil, drugEras: DrugEras? = nil,
    doseEras: DoseEras? = nil
  ) {
    self.dropsUnobserved = dropsUnobserved
    self.conditionGap = conditionGap
    self.drugEras = drugEras
    self.doseEras = doseEras
  }
}
