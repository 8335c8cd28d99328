internal import Columnar
internal import Synchronization

/// Gives numbers in ascending order, each once, from 1.
final class Numbering: Sendable {
  private let last = Atomic<Int>(0)

  func next() -> Int { last.add(1, ordering: .relaxed).newValue }
}

/// Numbers for codes that are counted apart, of which there are at most `limit`.
///
/// Where there are more, those with the smallest hashes are kept, so that which ones they are does
/// not depend on the order in which they came; a number that was given to another code counts for
/// the rest.
struct CodeNumbers {
  /// A longer text is no code.
  static let longest = 256

  let limit: Int
  private var codes = KeyIndex()
  /// By the position in `codes`.
  private var numbers: [Int] = []
  private var areMapped: [Bool] = []
  /// Codes with this hash, or a larger one, are not kept.
  private var threshold = UInt64.max
  /// The numbers of codes that were kept for a while.
  private(set) var dropped: [(number: Int, isMapped: Bool)] = []

  init(limit: Int) { self.limit = limit }

  /// The number of a code; `nil` for one of the rest.
  ///
  /// - Parameters:
  ///   - code: the bytes of the code.
  ///   - isMapped: whether it has a standard concept.
  ///   - numbering: gives a code that is new its number.
  /// - Returns: the number.
  mutating func number(_ code: Span<UInt8>, isMapped: Bool, _ numbering: Numbering) -> Int? {
    guard code.count <= CodeNumbers.longest else { return nil }
    if let known = codes.find(code) { return numbers[known] }
    guard KeyIndex.hash(code) < threshold else { return nil }
    _ = codes.insert(code)
    let number = numbering.next()
    numbers.append(number)
    areMapped.append(isMapped)
    if codes.count >= limit * 2 { shrink() }
    return number
  }

  /// Drops the codes beyond the limit.
  mutating func shrink() {
    guard codes.count > limit else { return }
    let all = codes.keys
    let hashes = (0..<all.count).map { KeyIndex.hash(all.span($0)) }
    threshold = hashes.sorted()[limit]
    let before = (numbers, areMapped)
    codes = KeyIndex()
    numbers = []
    areMapped = []
    for place in 0..<all.count {
      if hashes[place] < threshold {
        _ = codes.insert(all.span(place))
        numbers.append(before.0[place])
        areMapped.append(before.1[place])
      } else {
        dropped.append((before.0[place], before.1[place]))
      }
    }
  }

  /// The codes that are kept, with their numbers.
  var kept: [(code: String, number: Int)] {
    numbers.indices.map { (codes.keys[$0], numbers[$0]) }
  }
}
