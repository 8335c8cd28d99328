internal import Columnar
internal import Expressions
internal import Privacy

extension RowFrame {
  /// The digests of a key, NULL where any part is.
  ///
  /// A single part that is a digest already is its own key, so that the key of a row and a
  /// reference to it meet whichever rule computes them.
  /// - Returns: the digests, and the rows of which a part could not be computed.
  mutating func key(_ plan: KeyPlan, hasher: KeyHasher) -> Evaluation {
    let evaluations = plan.parts.map { evaluate($0) }
    let failures = evaluations.flatMap(\.failures)
    let parts = evaluations.map(\.column)
    if parts.count == 1, case .digests = parts[0].values { return evaluations[0] }
    let digests = parts.map { RowFrame.digests($0, hasher: hasher) }
    var validity = [Bool](repeating: true, count: count)
    for part in parts where part.validity != nil {
      for row in validity.indices where !part.isValid(row) { validity[row] = false }
    }
    let joined = digests.count == 1 ? digests[0] : hasher.joined(digests)
    let column = Column(
      .digest, .digests(joined), validity: validity.contains(false) ? validity : nil)
    return Evaluation(column: column, failures: failures)
  }

  /// The digests of a column's values: of a number, of the bytes that hold it.
  private static func digests(_ column: Column, hasher: KeyHasher) -> [Digest] {
    switch column.values {
    case .digests(let digests): return digests
    case .text(let texts): return hasher.digests(texts, validity: column.validity)
    case .lanes(let lanes): return hasher.digests(lanes)
    case .doubles(let doubles):
      return hasher.digests(doubles.map { Int64(bitPattern: $0.bitPattern) })
    }
  }
}
