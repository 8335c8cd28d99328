/// Builds a column row by row.
///
/// Validity is stored from the first null on; a column without nulls has none. A kernel that knows
/// its type writes arrays directly; the builder serves where rows arrive one at a time.
public struct ColumnBuilder: Sendable {
  /// The type of the column.
  public let type: ColumnType
  @usableFromInline var lanes: [Int64] = []
  @usableFromInline var doubles: [Double] = []
  @usableFromInline var texts = TextArray()
  @usableFromInline var digests: [Digest] = []
  @usableFromInline var validity: [Bool]?
  /// The number of rows appended.
  public private(set) var count = 0

  /// A builder without rows; `capacity` is how many are expected.
  public init(_ type: ColumnType, capacity: Int = 0) {
    self.type = type
    switch type {
    case .text: texts.reserveCapacity(count: capacity, bytes: capacity * 8)
    case .double: doubles.reserveCapacity(capacity)
    case .digest: digests.reserveCapacity(capacity)
    default: lanes.reserveCapacity(capacity)
    }
  }

  /// Appends a boolean (0 or 1), integer, decimal, date or timestamp.
  public mutating func append(lane: Int64) {
    lanes.append(lane)
    valid()
  }

  /// Appends a value of a column of type double.
  public mutating func append(double: Double) {
    doubles.append(double)
    valid()
  }

  /// Appends a text.
  public mutating func append(text: String) {
    texts.append(text)
    valid()
  }

  /// Appends a text of UTF-8.
  public mutating func append(bytes: Span<UInt8>) {
    texts.append(bytes)
    valid()
  }

  /// Appends a digest.
  public mutating func append(digest: Digest) {
    digests.append(digest)
    valid()
  }

  /// Appends a row without a value.
  public mutating func appendNull() {
    if validity == nil { validity = [Bool](repeating: true, count: count) }
    switch type {
    case .text: texts.close()
    case .double: doubles.append(0)
    case .digest: digests.append(.zero)
    default: lanes.append(0)
    }
    validity?.append(false)
    count += 1
  }

  private mutating func valid() {
    validity?.append(true)
    count += 1
  }

  /// The column; a value appended to a builder of another type is a programmer error, found here.
  public consuming func finish() -> Column {
    let values: Column.Values =
      switch type {
      case .text: .text(texts)
      case .double: .doubles(doubles)
      case .digest: .digests(digests)
      default: .lanes(lanes)
      }
    let column = Column(type, values, validity: validity)
    precondition(column.count == count, "a value of another form was appended")
    return column
  }
}
