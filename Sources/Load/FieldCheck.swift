import Columnar
import CommonDataModel

extension CDMTable {
  /// Refuses a column that the table does not have or that its field cannot hold.
  func check(_ field: Field) throws(LoadError) {
    guard let target = self.field(field.name) else {
      throw LoadError(.columnRefused, "\(name) has no field \(field.name)")
    }
    let isNumber = target.columnType == .integer || target.datatype == .numeric
    guard target.datatype.accepts(field.type) || isNumber && field.type == .boolean else {
      throw LoadError(
        .columnRefused,
        "\(name).\(field.name) is \(target.datatype) and cannot hold \(field.type)")
    }
  }
}
