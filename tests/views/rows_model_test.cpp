// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/rows_model.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>

namespace {

/// Two columns: the row as text, and the row.
class Squares : public views::RowsModel<int> {
public:
    using RowsModel::setRows;

private:
    int columns() const override { return 2; }
    bool isFigure(int column) const override { return column == 1; }
    QVariant cell(int row, int column, int role) const override {
        if (role != Qt::DisplayRole) return {};
        return column == 0 ? QVariant(QString::number(at(row))) : QVariant(at(row) * at(row));
    }
    QVariant headerCell(int column, int role) const override {
        if (role == Qt::TextAlignmentRole) return sideOf(column);
        return role == Qt::DisplayRole ? QVariant(column == 0 ? "n" : "n²") : QVariant();
    }
};

TEST(RowsModel, AnswersForItsRows) {
    Squares model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    EXPECT_EQ(model.rowCount(), 0);
    model.setRows({2, 3});
    EXPECT_EQ(model.index(1, 1).data(), 9);
    EXPECT_EQ(model.rowCount(model.index(0, 0)), 0) << "a table has no children";
    EXPECT_FALSE(model.data({}).isValid());
    const int right = Qt::AlignRight | Qt::AlignVCenter;
    EXPECT_EQ(model.index(0, 1).data(Qt::TextAlignmentRole), right);
    EXPECT_FALSE(model.index(0, 0).data(Qt::TextAlignmentRole).isValid());
    EXPECT_EQ(model.headerData(1, Qt::Horizontal, Qt::TextAlignmentRole), right);
    EXPECT_EQ(model.headerData(1, Qt::Horizontal), "n²");
    EXPECT_FALSE(model.headerData(2, Qt::Horizontal).isValid());
    EXPECT_FALSE(model.headerData(0, Qt::Vertical).isValid());
}

TEST(RowsModel, KeepsViewsInPlaceWhileRowsStayTheSame) {
    Squares model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    model.setRows({1, 2});
    model.setRows({3, 4}, true);
    EXPECT_EQ(resets.count(), 1);
    EXPECT_EQ(changes.count(), 1);
    model.setRows({3, 4, 5}, true);
    model.setRows({}, true);
    model.setRows({}, true);
    EXPECT_EQ(resets.count(), 4);
    EXPECT_EQ(changes.count(), 1);
}

}  // namespace
