/// A generator of pseudo-random numbers whose sequence is part of the definition of a sample:
/// the same seed gives the same numbers on every machine and in every build.
///
/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
struct SampleRandom {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A stream of its own for one thing (a person, a file of a block) among those of a seed.
  init(seed: UInt64, stream: UInt64, index: Int) {
    var mixer = SampleRandom(seed: seed ^ (stream &* 0xA076_1D64_78BD_642F))
    let base = mixer.next()
    state = base ^ (UInt64(index) &* 0xE703_7ED1_A0B4_28DB)
    state = next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number from 0 to `bound - 1`; `bound` is at least 1.
  mutating func below(_ bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A number in a closed range.
  mutating func number(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.count)
  }

  /// True `percent` times out of a hundred.
  mutating func percent(_ percent: Int) -> Bool { below(100) < percent }

  /// One of the elements of an array that is not empty.
  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

  /// Puts the elements in a random order (Fisher and Yates).
  mutating func shuffle<Element>(_ elements: inout [Element]) {
    guard elements.count > 1 else { return }
    for last in stride(from: elements.count - 1, through: 1, by: -1) {
      elements.swapAt(last, below(last + 1))
    }
  }
}
