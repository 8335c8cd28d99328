/// The candidate that a person most likely meant by a name, or `nil` when none is near.
///
/// Near is at most one edit for every three characters of the longer name (insertion, deletion,
/// replacement, exchange of neighbours), letters compared without case; of several equally near
/// ones the first in alphabetical order wins.
package func nearestName(to name: String, in candidates: some Sequence<String>) -> String? {
  let wanted = Array(name.lowercased())
  var best: (distance: Int, name: String)?
  for candidate in candidates.sorted() {
    let other = Array(candidate.lowercased())
    let distance = editDistance(wanted, other)
    guard distance <= max(wanted.count, other.count) / 3 else { continue }
    if best.map({ distance < $0.distance }) ?? true { best = (distance, candidate) }
  }
  return best?.name
}

/// The least number of edits between two texts, neighbours exchanged counting as one.
func editDistance(_ left: [Character], _ right: [Character]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for i in left.indices {
    var row = [i + 1]
    for j in right.indices {
      var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (left[i] == right[j] ? 0 : 1))
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
        cost = min(cost, beforeLast[j - 1] + 1)
      }
      row.append(cost)
    }
    beforeLast = last
    last = row
  }
  return last[right.count]
}
