/// Finds the standard concepts on which the edges of a concept end.
///
/// * `Maps to`: an edge ends on its target when that is valid and standard. A deprecated target is
///   left by its own valid `Maps to`, else by `Concept replaced by`. A valid target that is not
///   standard contributes nothing.
/// * A valid standard concept without edge ends on itself.
/// * A deprecated concept without `Maps to` is replaced: what replaces it counts in its place.
/// * `Maps to value`: the same, without the concept itself.
///
/// Every concept is visited once for a source, so cycles end.
struct TargetResolver {
  let flags: [UInt8]
  let mapsTo: Adjacency
  let value: SparseAdjacency
  let replaced: SparseAdjacency
  private var stack: [UInt32] = []
  private var visited: Set<UInt32> = []

  init(
    flags: [UInt8], mapsTo: Adjacency, value: SparseAdjacency, replaced: SparseAdjacency
  ) {
    self.flags = flags
    self.mapsTo = mapsTo
    self.value = value
    self.replaced = replaced
  }

  private func isTarget(_ concept: UInt32) -> Bool {
    flags[Int(concept)] & ConceptFlags.target == ConceptFlags.target
  }

  private func isValid(_ concept: UInt32) -> Bool {
    flags[Int(concept)] & ConceptFlags.valid != 0
  }

  /// Edges from every concept to the standard concepts on which its `Maps to` end.
  mutating func standardEdges() -> [UInt64] {
    var edges: [UInt64] = []
    edges.reserveCapacity(mapsTo.targets.count)
    for source in flags.indices {
      let range = mapsTo.range(source)
      if range.allSatisfy({ isTarget(mapsTo.targets[$0]) }), !range.isEmpty {
        for place in range {
          edges.append(UInt64(source) << 32 | UInt64(mapsTo.targets[place]))
        }
      } else if !range.isEmpty || isTarget(UInt32(source)) || !isValid(UInt32(source)) {
        let first = edges.count
        collect(from: UInt32(source), into: &edges)
        edges[first...].sort()
      }
    }
    return edges
  }

  /// Edges from every concept to the standard concepts on which its `Maps to value` end.
  mutating func valueEdges() -> [UInt64] {
    var edges: [UInt64] = []
    var origins = Set(value.sources)
    // A concept that is replaced by one with values has these values.
    for source in replaced.sources where mapsTo.range(Int(source)).isEmpty {
      origins.insert(source)
    }
    for source in origins.sorted() {
      let first = edges.count
      collectValues(from: source, into: &edges)
      edges[first...].sort()
    }
    return edges
  }

  private mutating func collect(from origin: UInt32, into edges: inout [UInt64]) {
    visited.removeAll(keepingCapacity: true)
    stack.append(origin)
    follow(origin, into: &edges)
  }

  /// Empties the stack of concepts that stand for the origin.
  private mutating func follow(_ origin: UInt32, into edges: inout [UInt64]) {
    while let concept = stack.popLast() {
      guard visited.insert(concept).inserted else { continue }
      var hasEdge = false
      for place in mapsTo.range(Int(concept)) {
        let target = mapsTo.targets[place]
        // An edge of a deprecated concept to itself says nothing.
        if target == concept && !isTarget(concept) { continue }
        hasEdge = true
        land(on: target, origin, into: &edges)
      }
      if hasEdge { continue }
      if isTarget(concept) {
        edges.append(UInt64(origin) << 32 | UInt64(concept))
      } else if !isValid(concept) {
        for place in replaced.range(Int(concept)) { stack.append(replaced.targets[place]) }
      }
    }
  }

  private mutating func land(on target: UInt32, _ origin: UInt32, into edges: inout [UInt64]) {
    if isTarget(target) {
      edges.append(UInt64(origin) << 32 | UInt64(target))
    } else if !isValid(target) {
      stack.append(target)
    }
  }

  private mutating func collectValues(from origin: UInt32, into edges: inout [UInt64]) {
    var seen: Set<UInt32> = []
    var open = [origin]
    visited.removeAll(keepingCapacity: true)
    while let concept = open.popLast() {
      guard seen.insert(concept).inserted else { continue }
      let range = value.range(Int(concept))
      for place in range { land(on: value.targets[place], origin, into: &edges) }
      if range.isEmpty && !isValid(concept) && mapsTo.range(Int(concept)).isEmpty {
        for place in replaced.range(Int(concept)) { open.append(replaced.targets[place]) }
      }
    }
    follow(origin, into: &edges)
  }
}
