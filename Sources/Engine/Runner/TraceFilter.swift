internal import Columnar

/// Chooses the rows that a trace follows.
struct TraceFilter: Sendable {
  enum Wanted: Sendable {
    /// All rows of some persons, and all without a person, to which they may refer.
    case persons(Set<Digest>)
    /// No row: the persons of what came of one source row are noted.
    case position(SourcePosition)
  }

  let wanted: Wanted
  private let noted = Guarded<Set<Digest>>([])

  init(_ wanted: Wanted) { self.wanted = wanted }

  /// The persons of the rows that came of the wanted position.
  var persons: Set<Digest> { noted.withLock { $0 } }

  func keep(_ batch: Batch, isPersonBound: Bool) -> Batch {
    guard let people = batch[RowHeader.person]?.digests,
      let positions = batch[RowHeader.position]?.lanes
    else { return batch }
    switch wanted {
    case .persons(let persons):
      guard isPersonBound else { return batch }
      return batch.gather(people.indices.filter { persons.contains(people[$0]) }.map { Int32($0) })
    case .position(let position):
      let found = people.indices.filter { positions[$0] == position.packed }.map { people[$0] }
      if !found.isEmpty { noted.withLock { $0.formUnion(found) } }
      return batch.gather([])
    }
  }
}
