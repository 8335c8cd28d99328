// The module CommonDataModel.
