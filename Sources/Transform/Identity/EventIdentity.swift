package import Columnar

/// What makes an event's id: the rule, the source key, the ordinal among rows of equal key, and the
/// target slot.
///
/// Neither the file, nor the run, nor the mapped concept has a part in it.
package enum EventIdentity {
  /// The bits of an event id that belong to the event; the person's id stands above them.
  package static let bits: Int64 = 25

  /// The identity of an event as a digest: equal for equal parts, on every machine.
  package static func digest(
    rule: UInt64, key: Digest, ordinal: Int64, slot: Int64
  ) -> Digest {
    let tail = KeyIndex.mix(rule ^ KeyIndex.mix(UInt64(bitPattern: ordinal) << 20 ^ UInt64(slot)))
    return Digest(
      KeyIndex.mix(key.word0 ^ tail), KeyIndex.mix(key.word1 ^ tail &* 3),
      KeyIndex.mix(key.word2 ^ tail &* 5), KeyIndex.mix(key.word3 ^ tail &* 7))
  }

  /// The place among the 2^25 of its person that an event asks for.
  @inlinable
  package static func place(_ identity: Digest) -> Int64 {
    Int64(identity.word0 >> UInt64(64 - bits))
  }

  /// The part of the identity that a rule contributes: a hash of its lasting name.
  package static func rule(_ name: String) -> UInt64 {
    let bytes = Array(name.utf8)
    return KeyIndex.hash(bytes.span)
  }
}

/// Gives the events of one person their places, each its own.
package enum EventPlaces {
  /// Chooses a place for each identity.
  ///
  /// An event takes the place its identity asks for. Where several ask for one, those with a place
  /// remembered from an earlier run keep it, the least identity takes the place itself, and the
  /// others take the next free one, in the order of their identities. A remembered place belongs to
  /// its identity for good: nobody else takes it, also where the identity is not among those given.
  ///
  /// - Parameters:
  ///   - identities: distinct identities of one person.
  ///   - remembered: the exceptions that the ledger knows.
  ///   - isTaken: whether an identity that is not given has a place, which none of those given asks
  ///     for.
  /// - Returns: the places in the order of the identities, and the exceptions that are new.
  /// - Complexity: O(*n* log *n*).
  package static func assign(
    _ identities: [Digest], remembered: [Digest: Int64],
    isTaken: (Int64) -> Bool = { _ in false }
  ) -> (places: [Int64], exceptions: [(identity: Digest, place: Int64)]) {
    var places = identities.map(EventIdentity.place)
    if remembered.isEmpty {
      // Nearly always everybody gets the place asked for, which plain numbers tell.
      var sorted = places
      sorted.sort()
      var previous: Int64 = -1
      var collided = false
      for place in sorted {
        collided = collided || place == previous
        previous = place
      }
      if !collided { return (places, []) }
    }
    let order = identities.indices.sorted { identities[$0] < identities[$1] }
    var taken = Set(remembered.values)
    var settled = [Bool](repeating: false, count: identities.count)
    for index in identities.indices {
      guard let place = remembered[identities[index]] else { continue }
      places[index] = place
      settled[index] = true
    }
    for index in order where !settled[index] && taken.insert(places[index]).inserted {
      settled[index] = true
    }
    var exceptions: [(identity: Digest, place: Int64)] = []
    let count = Int64(1) << EventIdentity.bits
    for index in order where !settled[index] {
      var place = places[index]
      repeat { place = (place + 1) % count } while isTaken(place) || !taken.insert(place).inserted
      places[index] = place
      exceptions.append((identities[index], place))
    }
    return (places, exceptions)
  }
}
