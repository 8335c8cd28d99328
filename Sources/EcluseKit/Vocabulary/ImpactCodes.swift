import ArgumentParser
import CommonDataModel
import Diagnostics
import Engine
import Foundation
import Vocabulary

/// The codes for which releases are compared: those of a run, of mapping files, of vocabularies.
struct ImpactCodes {
  private(set) var codes: [UsedCode] = []

  /// The entries of mapping files that a code of the run has.
  private var used: Set<[String]> = []

  /// Gathers codes.
  ///
  /// - Parameters:
  ///   - run: the counts of a run.
  ///   - files: mapping files.
  ///   - vocabularies: the names of vocabularies of which all codes count.
  ///   - index: the release in which their codes stand.
  /// - Throws: `Failure` where the release has no such vocabulary.
  init(
    run: CodeCounts?, files: [MappingSource], vocabularies: [String], in index: VocabularyIndex
  ) throws {
    if let run { add(run, files) }
    for file in files { add(file, isCounted: run != nil) }
    for name in vocabularies {
      guard let handle = index.vocabulary(written: name) else {
        let nearest = index.nearestVocabulary(to: name).map { "; did you mean \($0)?" } ?? ""
        throw Failure("'--vocabulary \(name)': not in the release in use\(nearest)")
      }
      codes += index.usedCodes(ofVocabulary: handle)
    }
  }

  private struct Key: Hashable {
    var pipeline: String
    var vocabulary: String?
    var mapping: String?
    var code: [UInt8]
  }

  private mutating func add(_ run: CodeCounts, _ files: [MappingSource]) {
    var groups: [Key: Int] = [:]
    var counts: [[CodeCount]] = []
    for count in run.codes {
      guard let code = count.code else { continue }
      let key = Key(
        pipeline: count.pipeline, vocabulary: count.vocabulary, mapping: count.mapping,
        code: Array(code.utf8))
      if let place = groups[key] {
        counts[place].append(count)
      } else {
        groups[key] = counts.count
        counts.append([count])
      }
    }
    for group in counts {
      guard let first = group.first, let code = first.code else { continue }
      let file = first.mapping.flatMap { name in files.first { $0.name == name } }
      let entry = file?.codes?.entry(code)
      let value = file?.values?.entry(code)
      let told = entry?.way ?? value.map { UsedCode.Way.value($0.concept) }
      guard let way = told ?? ImpactCodes.way(first) else { continue }
      let persons = group.map(\.persons).max() ?? 0
      if let file, told != nil {
        // A code of few persons stands with those that the run has not, so that nothing tells which.
        if persons < CodeCounts.leastPersons { continue }
        used.insert([file.name, code])
      }
      // Rows of a rule in which few persons have the code are told nowhere.
      let counted = group.contains(where: \.isTold) ? group.filter(\.isTold) : group
      codes.append(
        UsedCode(
          code: code, name: first.name, vocabulary: first.vocabulary ?? entry?.vocabulary,
          mapping: first.mapping,
          position: entry?.position ?? value?.position, way: way, pipeline: first.pipeline,
          rules: Set(group.map(\.rule)).sorted(),
          records: counted.reduce(0) { $0 + $1.records }, persons: persons,
          isOfEvent: group.contains(where: \.isOfEvent), found: first.concepts))
    }
  }

  /// What decides about a code of a run; `nil` where no release can change anything.
  private static func way(_ count: CodeCount) -> UsedCode.Way? {
    switch count.outcome {
    case .mappedByFile: .file(targets: count.concepts)
    case .mappedByValueFile: .value(count.concepts.first ?? 0)
    case .mappedByVocabulary: .vocabulary
    case .unmapped: count.vocabulary == nil ? nil : .vocabulary
    case .reviewed: .reviewed
    case .noCode, .restMapped, .restUnmapped: nil
    }
  }

  /// Adds what a file has and the run has not.
  private mutating func add(_ file: MappingSource, isCounted: Bool) {
    for entry in file.codes?.entries ?? [] where !used.contains([file.name, entry.code]) {
      codes.append(
        UsedCode(
          code: entry.code, name: file.codes?.names[entry.code] ?? "",
          vocabulary: entry.vocabulary, mapping: file.name, position: entry.position,
          way: entry.way,
          records: isCounted ? 0 : nil, persons: isCounted ? 0 : nil))
    }
    for entry in file.values?.entries ?? [] where !used.contains([file.name, entry.source]) {
      codes.append(
        UsedCode(
          code: entry.source, mapping: file.name, position: entry.position,
          way: .value(entry.concept), records: isCounted ? 0 : nil, persons: isCounted ? 0 : nil,
          isOfEvent: false))
    }
  }
}

extension SourceToConceptMap.Entry {
  /// Where the first concept stands.
  fileprivate var position: Position? { (targets.first ?? parts.first?.target)?.position }

  /// source_vocabulary_id; `nil` where the file has none.
  fileprivate var vocabulary: String? { sourceVocabulary.isEmpty ? nil : sourceVocabulary }

  /// What the file says of the code.
  fileprivate var way: UsedCode.Way {
    if isWithoutTarget, parts.isEmpty { return .reviewed }
    let values = parts.filter { $0.type == .value }.map(\.target.concept)
    return .file(
      targets: targetConcepts.filter { $0 != 0 }, values: values,
      parts: parts.filter { $0.type != .value }.map(\.target.concept))
  }
}

extension CodeCount {
  /// Whether the code gives the concept that the rows of an event's table are about.
  fileprivate var isOfEvent: Bool {
    EventTable(rawValue: table).flatMap { EventImage.field("concept_id")?.image(in: $0) } == field
  }
}

/// A mapping file by its name, read for what its codes or values map to.
struct MappingSource {
  let path: String
  /// The name by which pipelines call it.
  let name: String
  let codes: SourceToConceptMap?
  let values: ValueMapFile?

  /// Reads mapping files.
  ///
  /// - Parameters:
  ///   - paths: files, and folders of which all mapping files are meant.
  ///   - asOf: the day on which rows count, in days since 1970-01-01.
  /// - Returns: the files in the order of their paths, and what is wrong with them.
  /// - Throws: `Failure` for a path that is not there, no mapping file, or a name that comes
  ///   twice.
  static func load(
    _ paths: [String], asOf: Int32
  ) throws -> (files: [MappingSource], diagnostics: DiagnosticList) {
    var files: [MappingSource] = []
    var list = DiagnosticList()
    for path in paths {
      let kind = try? FileManager.default.attributesOfItem(
        atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)[.type]
      guard let kind = kind as? FileAttributeType else {
        throw Failure("'\(path)': no such file or folder")
      }
      let isFolder = kind == .typeDirectory
      let found =
        isFolder
        ? try MappingCatalog(folder: path).names.map { "\(path)/\($0).csv" } : [path]
      for file in found {
        guard let source = MappingSource(file, asOf, &list) else {
          if isFolder { continue }
          throw Failure("'\(file)': no mapping file by its columns")
        }
        if let twin = files.first(where: { $0.name == source.name }) {
          throw Failure(
            "'\(file)' and '\(twin.path)' have one name, by which rules call them")
        }
        files.append(source)
      }
    }
    return (files, list)
  }

  private init?(_ path: String, _ asOf: Int32, _ list: inout DiagnosticList) {
    self.path = path
    name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    switch MappingFile.open(path: path).value.layout {
    case .unknown: return nil
    case .values:
      let (values, diagnostics) = ValueMapFile.load(path: path, asOf: asOf)
      codes = nil
      self.values = values
      list.add(diagnostics)
    case .usagi, .usagiReview, .sourceToConceptMap:
      let (codes, diagnostics) = SourceToConceptMap.load(path: path, asOf: asOf)
      self.codes = codes
      values = nil
      list.add(diagnostics)
    }
  }
}
