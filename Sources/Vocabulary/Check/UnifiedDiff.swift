extension MappingFixes {
  /// The fixes as a unified diff that patch(1) and git apply; empty when there are none.
  ///
  /// - Parameter context: the number of unchanged lines around a change.
  /// - Returns: the diff, with the path as it was given on both sides.
  package func diff(context: Int = 3) -> String {
    let changes = lineChanges
    guard !changes.isEmpty else { return "" }
    let lines = MappingFixes.lines(bytes[...])
    var text = "--- \(path)\n+++ \(path)\n"
    var shift = 0
    var first = 0
    while first < changes.count {
      var last = first
      while last + 1 < changes.count,
        changes[last + 1].lines.lowerBound - changes[last].lines.upperBound <= 2 * context
      {
        last += 1
      }
      let start = max(0, changes[first].lines.lowerBound - context)
      let end = min(lines.count, changes[last].lines.upperBound + context)
      var body = ""
      var added = 0
      var place = start
      for change in changes[first...last] {
        for line in lines[place..<change.lines.lowerBound] { body += " \(line)" }
        for line in lines[change.lines] { body += "-\(line)" }
        for line in change.replacement { body += "+\(line)" }
        added += change.replacement.count - change.lines.count
        place = change.lines.upperBound
      }
      for line in lines[place..<end] { body += " \(line)" }
      let count = end - start
      text +=
        "@@ -\(MappingFixes.span(start, count)) "
        + "+\(MappingFixes.span(start + shift, count + added)) @@\n\(body)"
      shift += added
      first = last + 1
    }
    return text
  }

  private struct LineChange {
    var lines: Range<Int>
    var replacement: [String]
  }

  /// The fixes as changes of whole lines, those that touch the same lines together.
  private var lineChanges: [LineChange] {
    var starts = [0]
    for (place, byte) in bytes.enumerated() where byte == 10 && place + 1 < bytes.count {
      starts.append(place + 1)
    }
    func line(of place: Int) -> Int {
      var low = 0
      var high = starts.count
      while high - low > 1 {
        let middle = (low + high) / 2
        if starts[middle] <= place { low = middle } else { high = middle }
      }
      return low
    }
    var groups: [(lines: Range<Int>, fixes: [MappingFix])] = []
    for fix in all {
      let lines =
        line(of: fix.range.lowerBound)..<line(
          of: max(fix.range.lowerBound, fix.range.upperBound - 1)) + 1
      if let last = groups.indices.last, groups[last].lines.upperBound > lines.lowerBound {
        let upper = max(groups[last].lines.upperBound, lines.upperBound)
        groups[last].lines = groups[last].lines.lowerBound..<upper
        groups[last].fixes.append(fix)
      } else {
        groups.append((lines, [fix]))
      }
    }
    return groups.map { lines, fixes in
      let end = lines.upperBound < starts.count ? starts[lines.upperBound] : bytes.count
      var place = starts[lines.lowerBound]
      var changed: [UInt8] = []
      for fix in fixes {
        changed += bytes[place..<fix.range.lowerBound]
        changed += fix.replacement
        place = fix.range.upperBound
      }
      changed += bytes[place..<end]
      return LineChange(lines: lines, replacement: MappingFixes.lines(changed[...]))
    }
  }

  /// Lines with their ends as a diff writes them: what has no line end says so.
  private static func lines(_ bytes: ArraySlice<UInt8>) -> [String] {
    var lines: [String] = []
    var start = bytes.startIndex
    while start < bytes.endIndex {
      guard let end = bytes[start...].firstIndex(of: 10) else {
        let rest = String(decoding: bytes[start...], as: UTF8.self)
        lines.append("\(rest)\n\\ No newline at end of file\n")
        break
      }
      lines.append(String(decoding: bytes[start...end], as: UTF8.self))
      start = end + 1
    }
    return lines
  }

  /// The start, from 1, and number of lines of a hunk; without lines, the line before.
  private static func span(_ start: Int, _ count: Int) -> String {
    "\(count == 0 ? start : start + 1),\(count)"
  }
}
