// What a stage is written with, so that one import is enough.
@_exported public import Columnar
@_exported public import CommonDataModel
@_exported public import Engine
@_exported public import Extract
