/// How much of an ingredient a drug contains.
///
/// Source: OMOP CDM v5.4, table DRUG_STRENGTH; an absent unit is 0.
package struct ConceptStrength: Hashable, Sendable {
  /// drug_concept_id.
  package var drug: Int64
  /// ingredient_concept_id.
  package var ingredient: Int64
  /// amount_value, of a piece.
  package var amount: Double?
  /// amount_unit_concept_id.
  package var amountUnit: Int64
  /// numerator_value, of as much as the denominator says.
  package var numerator: Double?
  /// numerator_unit_concept_id.
  package var numeratorUnit: Int64
  /// denominator_value.
  package var denominator: Double?
  /// denominator_unit_concept_id.
  package var denominatorUnit: Int64
  /// box_size; known where all rows are kept.
  package var boxSize: Int32?
  /// Days since 1970-01-01; known where all rows are kept, as is the end.
  package var validStart: Int32 = 0
  /// Days since 1970-01-01.
  package var validEnd: Int32 = Concept.openEnd
  /// invalid_reason: empty when valid.
  package var invalidReason = ""

  package init(
    drug: Int64, ingredient: Int64, amount: Double? = nil, amountUnit: Int64 = 0,
    numerator: Double? = nil, numeratorUnit: Int64 = 0, denominator: Double? = nil,
    denominatorUnit: Int64 = 0
  ) {
    self.drug = drug
    self.ingredient = ingredient
    self.amount = amount
    self.amountUnit = amountUnit
    self.numerator = numerator
    self.numeratorUnit = numeratorUnit
    self.denominator = denominator
    self.denominatorUnit = denominatorUnit
  }
}

extension ConceptStrength {
  /// The ids of a strength as they stand in an index, and its values; no value is NaN.
  static let idCount = 5
  static let valueCount = 3

  var ids: [Int64] { [drug, ingredient, amountUnit, numeratorUnit, denominatorUnit] }

  var values: [Double] { [amount, numerator, denominator].map { $0 ?? .nan } }

  /// The number of details of a strength, see `IndexSection.strengthDetails`.
  static let detailCount = 4

  var details: [Int32] {
    [boxSize ?? -1, validStart, validEnd, Int32(invalidReason.utf8.first ?? 0)]
  }

  /// Sets what `details` gives.
  mutating func set(details: [Int32]) {
    boxSize = details[0] < 0 ? nil : details[0]
    validStart = details[1]
    validEnd = details[2]
    let letter = UInt8(truncatingIfNeeded: details[3])
    invalidReason = letter == 0 ? "" : String(UnicodeScalar(letter))
  }

  init(ids: [Int64], values: [Double]) {
    func value(_ index: Int) -> Double? { values[index].isNaN ? nil : values[index] }
    self.init(
      drug: ids[0], ingredient: ids[1], amount: value(0), amountUnit: ids[2],
      numerator: value(1), numeratorUnit: ids[3], denominator: value(2), denominatorUnit: ids[4])
  }

  /// The order of an index: the drug, the ingredient, then all else, so that it depends on nothing but
  /// the rows.
  static func precede(_ left: ConceptStrength, _ right: ConceptStrength) -> Bool {
    for (one, other) in zip(left.ids, right.ids) where one != other { return one < other }
    for (one, other) in zip(left.values, right.values) where one.bitPattern != other.bitPattern {
      return one.bitPattern < other.bitPattern
    }
    for (one, other) in zip(left.details, right.details) where one != other { return one < other }
    return false
  }
}

extension VocabularyIndex {
  /// What a drug contains, as the valid rows of drug_strength say; nothing for a drug that stands not
  /// there.
  ///
  /// - Complexity: O(log *n*) in the number of strengths.
  package func strengths(ofDrug id: Int64) -> [ConceptStrength] {
    let ids = part(.strengthIDs, UInt32.self)
    var low = 0
    var high = strengthCount
    while low < high {
      let middle = (low + high) / 2
      if Int64(ids[middle * ConceptStrength.idCount]) < id {
        low = middle + 1
      } else {
        high = middle
      }
    }
    var found: [ConceptStrength] = []
    while low < strengthCount, Int64(ids[low * ConceptStrength.idCount]) == id {
      let strength = strength(at: low)
      if strength.invalidReason.isEmpty { found.append(strength) }
      low += 1
    }
    return found
  }

  /// The number of strengths, those that are not valid counted where all rows are kept.
  package var strengthCount: Int {
    part(.strengthIDs, UInt32.self).count / ConceptStrength.idCount
  }

  /// A strength by its place in the order of drugs.
  package func strength(at place: Int) -> ConceptStrength {
    let ids = part(.strengthIDs, UInt32.self)
    let values = part(.strengthValues, UInt64.self)
    let details = part(.strengthDetails, Int32.self)
    var strength = ConceptStrength(
      ids: (0..<ConceptStrength.idCount).map { Int64(ids[place * ConceptStrength.idCount + $0]) },
      values: (0..<ConceptStrength.valueCount).map {
        Double(bitPattern: values[place * ConceptStrength.valueCount + $0])
      })
    strength.set(
      details: (0..<ConceptStrength.detailCount).map {
        details[place * ConceptStrength.detailCount + $0]
      })
    return strength
  }

  /// Whether the strength of any drug is known.
  package var hasStrengths: Bool { !part(.strengthIDs, UInt32.self).isEmpty }
}
