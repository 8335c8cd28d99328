import Columnar
import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Vocabulary

/// The parts of which suggestions are made.
struct SuggestionPartsTests {
  @Test func `words that stand for one another are learnt from pairs of names`() {
    var random = SeededGenerator(seed: 5)
    let words = [
      ("hanche", "hip"), ("genou", "knee"), ("fracture", "fracture"), ("entorse", "sprain"),
      ("droite", "right"), ("gauche", "left"),
    ]
    let pairs = (0..<60).map { _ in
      let chosen = words.shuffled(using: &random).prefix(3)
      return (
        source: chosen.map(\.0).joined(separator: " "),
        target: chosen.map(\.1).reversed().joined(separator: " ")
      )
    }
    let relations = WordRelations(pairs)
    for (source, target) in words where source != target {
      let key = FoldedText(source).terms[0]
      #expect(relations.relations[key]?.first?.word == FoldedText(target).terms[0])
    }
    #expect(WordRelations([("a b", "c d")]).relations.isEmpty, "one pair proves nothing")
  }

  @Test func `fitted weights are where the slope is level`() {
    var random = SeededGenerator(seed: 6)
    let truth = [-0.5, 2.0, -1.0]
    let examples = (0..<4_000).map { _ -> (features: [Double], isRight: Bool) in
      let features = [
        1, Double.random(in: -2...2, using: &random), Double.random(in: -2...2, using: &random),
      ]
      let odds = LogisticModel(weights: truth).probability(features)
      return (features, Double.random(in: 0..<1, using: &random) < odds)
    }
    let model = LogisticModel(examples, from: [0, 0, 0])
    for (own, wanted) in zip(model.weights, truth) { #expect(abs(own - wanted) < 0.2) }
    for feature in 0..<3 {
      let slope = examples.reduce(0) { sum, example in
        sum + ((example.isRight ? 1 : 0) - model.probability(example.features))
          * example.features[feature]
      }
      #expect(abs(slope - 0.5 * model.weights[feature]) < 1e-5)
    }
  }

  @Test func `a start that is far off does not lead astray`() {
    var random = SeededGenerator(seed: 8)
    let examples = (0..<2_000).map { _ -> (features: [Double], isRight: Bool) in
      let value = Double.random(in: -1...1, using: &random)
      return ([1, value, 8 * value], value > 0.5)
    }
    let model = LogisticModel(examples, from: [-6, 4, -3])
    let right = examples.count { (model.probability($0.features) > 0.5) == $0.isRight }
    #expect(right > 1_950)
    #expect(model.weights.allSatisfy { abs($0) < 200 })
  }

  @Test func `a calibrated score is the share of what is right`() {
    var random = SeededGenerator(seed: 7)
    let examples = (0..<20_000).map { _ -> (raw: Double, isRight: Bool) in
      let raw = Double.random(in: 0..<1, using: &random)
      return (raw, Double.random(in: 0..<1, using: &random) < raw * raw)
    }
    let calibration = Calibration(examples)
    var last = 0.0
    for raw in stride(from: 0.0, through: 1, by: 0.01) {
      let share = calibration.share(raw)
      #expect(abs(share - raw * raw) < 0.06)
      #expect(share >= last)
      last = share
    }
    #expect(Calibration(examples.reversed()) == calibration)
    #expect(Calibration().share(0.3) == 0.3)
  }

  @Test(arguments: [
    ("mg/dL", "Glucose [Mass/volume] in Serum", 1.0),
    ("mmol/L", "Glucose [Mass/volume] in Serum", -1),
    ("U/L", "ALT [Enzymatic activity/volume] in Serum", 1),
    ("%", "HbA1c [Mass fraction] in Blood", 1),
    ("G/L", "Leukocytes [#/volume] in Blood", 1), ("g/L", "Glucose", 0),
    ("furlong", "Glucose [Mass/volume] in Serum", 0), ("g/L", "Blood group [Type]", 0),
  ])
  func `a unit agrees with a property, contradicts it, or says nothing`(
    unit: String, name: String, agreement: Double
  ) {
    #expect(UnitProperty.agreement(UnitProperty.properties(of: unit), name) == agreement)
  }

  @Test(arguments: [
    ("mg/dL", ["mass concentration", "mcnc"], 1.0), ("mmol/L", ["mcnc"], -1),
    ("mmol/L", ["Moles/volume".lowercased()], 1), ("%", ["volume fraction"], 1),
    ("mg/dL", ["type"], 0), ("furlong", ["mcnc"], 0),
  ])
  func `a unit agrees with the property that a part is`(
    unit: String, names: [String], agreement: Double
  ) {
    let properties = UnitProperty.properties(of: unit)
    #expect(UnitProperty.agreement(properties, part: Set(names)) == agreement)
    if agreement == 1 {
      let usual = UnitProperty.unit(ofPart: Set(names))
      #expect(
        UnitProperty.agreement(
          UnitProperty.properties(of: usual ?? ""), part: Set(names)) == 1)
    }
  }

  @Test func `a model that was kept is the same, and other bytes are none`() {
    var model = SuggestionModel()
    #expect(SuggestionModel(bytes: model.bytes) == model)
    model.weights.weights[3] = 0.1 + 0.2
    model.relations = WordRelations([
      ("hanche droite", "right hip"), ("hanche gauche", "left hip"), ("genou droit", "right knee"),
      ("genou gauche", "left knee"), ("hanche", "hip"), ("genou", "knee"),
    ])
    let examples = (0..<100).map { number -> (raw: Double, isRight: Bool) in
      (Double(number) / 100, number > 60 || number % 3 == 0)
    }
    model.calibration = Calibration(examples)
    model.others = Calibration(examples.dropLast(30))
    model.detailedCalibration = Calibration(examples.dropLast(40))
    model.detailedOthers = Calibration(examples.dropLast(50))
    #expect(!model.relations.relations.isEmpty && model.isCalibrated)
    #expect(SuggestionModel(bytes: model.bytes) == model)
    #expect(SuggestionModel(bytes: Array(model.bytes.dropLast())) == nil)
    #expect(SuggestionModel(bytes: []) == nil)
  }

  private func file<Value>(_ text: String, _ body: (String) throws -> Value) throws -> Value {
    try withTemporaryFolder { folder in
      let place = folder.appendingPathComponent("codes.csv")
      try Data(text.utf8).write(to: place)
      return try body(place.path)
    }
  }

  @Test func `codes are read from a plain file and from one of Usagi`() throws {
    let plain = try file(
      "source_code;source_name;frequency;unit\nA;glycémie;12;g/L\nA;again;1;\nB; ;3;\nC;calcium;;\n",
      UnmappedCodes.load)
    #expect(
      plain.value.terms == [
        SourceTerm(code: "A", name: "glycémie", frequency: 12, unit: "g/L"),
        SourceTerm(code: "B", name: "", frequency: 3), SourceTerm(code: "C", name: "calcium"),
      ])
    #expect(plain.diagnostics.all.map(\.code) == ["empty-name"])
    #expect(plain.diagnostics.all.first?.position?.line == 4)

    let stated = try file(
      "source_code,source_name,ATC,specimen,ADD_INFO:method,unit\nA,one,N02BE01, serum ,,mg/L\nB,two,,,ELISA,\n",
      UnmappedCodes.load)
    #expect(
      stated.value.terms == [
        SourceTerm(code: "A", name: "one", unit: "mg/L", atc: "N02BE01", specimen: "serum"),
        SourceTerm(code: "B", name: "two", method: "ELISA"),
      ])
    #expect(stated.diagnostics.isEmpty)

    let usagi = try file(
      "sourceCode,sourceName,sourceFrequency,matchScore,mappingStatus,conceptId\n"
        + "A,a name,5,0.2,UNCHECKED,7\nB,b,1,1,APPROVED,8\nC,c,1,1,IGNORED,0\nD,d,2,0,FLAGGED,0\n",
      UnmappedCodes.load)
    #expect(usagi.value.terms.map(\.code) == ["A", "D"])
    #expect(usagi.value.reviews.keys.sorted() == ["A", "D"])
    #expect(usagi.value.reviews["D"]?.map(\.status) == [.flagged])
    #expect(usagi.value.decided == 2)

    let wrong = try file("code,label\nA,b\n", UnmappedCodes.load)
    #expect(wrong.diagnostics.hasErrors)
    #expect(wrong.diagnostics.all.contains { $0.code == "missing-column" })
  }

  @Test func `approved mappings are read from files of each kind`() throws {
    let index = try SmallVocabulary.index()
    func names(_ text: String) throws -> [String] {
      try file(text) { path in
        ApprovedMappings.load(path: path, index).map { known in
          "\(known.term.name)→\(known.targets.map { "\(index.id($0))" }.joined(separator: "+"))"
        }
      }
    }
    #expect(
      try names(
        "source_code,source_code_description,target_concept_id,invalid_reason\n"
          + "A,diabète,201820,\nA,diabète,4193704,\nB,gone,201820,D\nC,old,102,\nD,none,0,\n")
        == ["diabète→201820+4193704", "old→443238"])
    #expect(
      try names(
        "sourceCode,sourceName,mappingStatus,conceptId,mappingType\n"
          + "A,one,APPROVED,201820,MAPS_TO\nB,two,UNCHECKED,201820,\nC,three,APPROVED,201820,MAPS_TO_VALUE\n"
      )
        == ["one→201820"])
    #expect(try names("source,concept_id\nsucre,201820\n") == ["sucre→201820"])
    #expect(try names("a,b\n1,2\n").isEmpty)
    let known = [("Diabetes, mellitus", 201_820), ("sugar", 201_820)].compactMap { name, id in
      index.position(ofConcept: Int64(id)).map {
        KnownTerm(term: SourceTerm(code: "", name: name), targets: [$0])
      }
    }
    #expect(known.differing(index).map(\.term.name) == ["sugar"])
  }
}
