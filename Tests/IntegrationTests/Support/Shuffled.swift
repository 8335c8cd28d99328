import Foundation

/// A generator of pseudo-random numbers with a seed (SplitMix64), for proofs that can be repeated.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// The same export told in another order.
struct ShuffledExport {
  private var random: SeededGenerator
  private let source: URL

  /// An export by its data folder.
  init(of data: URL, seed: UInt64) {
    source = data.appendingPathComponent("hcl", isDirectory: true)
    random = SeededGenerator(seed: seed)
  }

  /// Writes the export to another data folder: the records of each file in another order, the stays
  /// cut into files of other names and sizes.
  mutating func write(to data: URL) throws {
    let folder = data.appendingPathComponent("hcl", isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var stays: [Data: [Data]] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: source.path).sorted()
    where name.hasSuffix(".csv") {
      var (header, records) = try ShuffledExport.read(source.appendingPathComponent(name))
      if name.hasPrefix("sejours_") {
        stays[header, default: []] += records
      } else {
        records.shuffle(using: &random)
        try write(header, records, to: folder.appendingPathComponent(name))
      }
    }
    // Files of one header can share their records in any way.
    for (kind, entry) in stays.sorted(by: { $0.key.count < $1.key.count }).enumerated() {
      var records = entry.value
      records.shuffle(using: &random)
      var number = 0
      while !records.isEmpty {
        let count = min(records.count, Int.random(in: 1...200, using: &random))
        // Names whose order has nothing to do with that of the years.
        let name = "sejours_\(UInt32.random(in: 0 ... .max, using: &random))_\(kind)_\(number).csv"
        try write(entry.key, Array(records.suffix(count)), to: folder.appendingPathComponent(name))
        records.removeLast(count)
        number += 1
      }
    }
  }

  private func write(_ header: Data, _ records: [Data], to url: URL) throws {
    var file = header + [0x0A]
    for record in records { file += record + [0x0A] }
    try file.write(to: url)
  }

  /// The header and the records of a file, without their line feeds.
  ///
  /// A quote that opens a field and is not closed on its line goes on to the next line, unless no
  /// quote follows: then nothing closes it.
  private static func read(_ url: URL) throws -> (header: Data, records: [Data]) {
    var lines = try Data(contentsOf: url).split(separator: 0x0A).map { Data($0) }
    if lines.isEmpty { return (Data(), []) }
    let header = lines.removeFirst()
    var records: [Data] = []
    var open: Data?
    for (number, line) in lines.enumerated() {
      if let start = open {
        records.append(start + [0x0A] + line)
        open = nil
      } else if line.range(of: Data(";\"".utf8)) != nil, line.count(where: { $0 == 0x22 }) % 2 == 1,
        number + 1 < lines.count, lines[number + 1].contains(0x22)
      {
        open = line
      } else {
        records.append(line)
      }
    }
    return (header, records)
  }
}
