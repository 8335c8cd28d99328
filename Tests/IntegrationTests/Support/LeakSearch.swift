import Foundation

/// Looks for what must be nowhere in the bytes of files and texts.
struct LeakSearch {
  private let needles: [(name: String, bytes: Data)]

  /// - Parameter needles: texts, each looked for as it is and in lower case.
  init(_ needles: [String: String]) {
    self.needles = needles.flatMap { name, text in
      [(name, Data(text.utf8)), (name, Data(text.lowercased().utf8))]
    }
  }

  /// The names of the needles that stand in some bytes.
  func found(in data: Data) -> Set<String> {
    Set(needles.filter { data.range(of: $0.bytes) != nil }.map(\.name))
  }

  func found(in text: String) -> Set<String> { found(in: Data(text.utf8)) }

  /// The needles that stand in the files below a folder or in their names, with the files.
  func found(below folder: URL) throws -> [String] {
    try LeakSearch.files(below: folder).flatMap { file in
      let content = found(in: try Data(contentsOf: file)).union(found(in: file.lastPathComponent))
      return content.sorted().map { "\($0) in \(file.lastPathComponent)" }
    }
  }

  /// Every file below a folder, or the file itself.
  static func files(below folder: URL) throws -> [URL] {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    return paths.sorted().map { folder.appendingPathComponent($0) }.filter {
      (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true
    }
  }
}

/// Looks for numbers of patients, of whom there are many, in the digits of files.
struct NumberSearch {
  private let numbers: Set<ArraySlice<UInt8>>
  private let lengths: [Int]

  init(_ numbers: some Sequence<String>) {
    self.numbers = Set(numbers.map { Array($0.utf8)[...] })
    lengths = Set(self.numbers.map(\.count)).sorted()
  }

  /// How many of the numbers stand in some bytes.
  func count(in data: Data) -> Int {
    let bytes = [UInt8](data)
    var found: Set<ArraySlice<UInt8>> = []
    var start = 0
    while start < bytes.count {
      guard isDigit(bytes[start]) else {
        start += 1
        continue
      }
      var end = start
      while end < bytes.count, isDigit(bytes[end]) { end += 1 }
      for length in lengths where length <= end - start {
        for first in start...(end - length) where numbers.contains(bytes[first..<first + length]) {
          found.insert(bytes[first..<first + length])
        }
      }
      start = end
    }
    return found.count
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
