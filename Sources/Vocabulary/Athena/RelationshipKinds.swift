import Columnar

/// The kinds of edges of a file: the relationship with its dates, of which there are far fewer than
/// edges.
struct RelationshipKinds: Sendable {
  /// What an edge is to the mapping of codes; an edge that is not valid is nothing.
  enum Use: UInt8, Sendable {
    case none, mapsTo, mapsToValue, replacedBy
  }

  /// One kind.
  struct Kind: Hashable, Comparable, Sendable {
    var relationship: String
    /// Days since 1970-01-01.
    var validStart: Int32 = 0
    var validEnd: Int32 = Concept.openEnd
    var invalidReason: String

    static func < (left: Kind, right: Kind) -> Bool {
      (left.relationship, left.validStart, left.validEnd, left.invalidReason)
        < (right.relationship, right.validStart, right.validEnd, right.invalidReason)
    }
  }

  /// The bits that the number of a kind has room in.
  static let bits = 22

  private(set) var kinds: [Kind] = []
  /// For each kind what it is to the mapping of codes.
  private(set) var uses: [Use] = []
  private let hasDates: Bool
  private var known: [Kind: Int] = [:]
  /// The spellings of kinds and the kind of each.
  private var spellings = TextArray()
  private var numbers: [Int32] = []
  private var slots = [Int32](repeating: -1, count: 1 << 12)

  init(hasDates: Bool) { self.hasDates = hasDates }

  /// The number of the kind that columns joined by tabs spell: the relationship, its dates unless
  /// they are left out, the reason why it is not valid.
  @inline(__always)
  mutating func number(_ spelling: Span<UInt8>) throws(AthenaFault) -> Int {
    let hash = ByteWords.hash(spelling, seed: 0)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let row = Int(slots[slot])
      if spellings.range(row).count == spelling.count,
        ByteWords.stands(spelling, in: spellings.bytes.span, at: spellings.start(row))
      {
        return Int(numbers[row])
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return try insert(spelling, slot)
  }

  private mutating func insert(_ spelling: Span<UInt8>, _ slot: Int) throws(AthenaFault) -> Int {
    let kind = try kind(spelling)
    let number = known[kind] ?? kinds.count
    if number == kinds.count {
      guard number < 1 << RelationshipKinds.bits else {
        throw AthenaFault(
          code: "too-many-kinds", message: "relationships have too many different dates", line: 0)
      }
      known[kind] = number
      kinds.append(kind)
      uses.append(RelationshipKinds.use(kind))
    }
    slots[slot] = Int32(spellings.count)
    spellings.append(spelling)
    numbers.append(Int32(number))
    if spellings.count * 2 > slots.count { grow() }
    return number
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for row in 0..<spellings.count {
      let hash = ByteWords.hash(spellings.span(row), seed: 0)
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(row)
    }
  }

  private static func use(_ kind: Kind) -> Use {
    guard kind.invalidReason.isEmpty else { return .none }
    switch Relationship(rawValue: kind.relationship) {
    case .mapsTo: return .mapsTo
    case .mapsToValue: return .mapsToValue
    case .replacedBy: return .replacedBy
    case nil: return .none
    }
  }

  private func kind(_ spelling: Span<UInt8>) throws(AthenaFault) -> Kind {
    var ends: [Int] = []
    for index in spelling.indices where spelling[index] == 9 { ends.append(index) }
    let count = ends.count
    guard count >= (hasDates ? 3 : 1) else {
      throw AthenaFault(code: "ragged-row", message: "the row has too few columns", line: 0)
    }
    let reason = spelling.text(ends[count - 1] + 1..<spelling.count)
    guard reason.utf8.count <= 1 else {
      throw AthenaFault(
        code: "bad-flag", message: "invalid_reason is longer than one letter", line: 0)
    }
    guard hasDates else {
      return Kind(relationship: spelling.text(0..<ends[0]), invalidReason: reason)
    }
    let start = AthenaValue.date(spelling, ends[count - 3] + 1..<ends[count - 2])
    let end = AthenaValue.date(spelling, ends[count - 2] + 1..<ends[count - 1])
    guard let start, let end else {
      throw AthenaFault(
        code: "bad-date",
        message: "valid_start_date or valid_end_date is no date yyyyMMdd or yyyy-MM-dd", line: 0)
    }
    return Kind(
      relationship: spelling.text(0..<ends[count - 3]), validStart: start, validEnd: end,
      invalidReason: reason)
  }
}
