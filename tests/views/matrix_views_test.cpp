// SPDX-License-Identifier: GPL-3.0-or-later
// A matrix as the window shows it.
#include <gtest/gtest.h>

#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QToolButton>

#include "views/widgets/pages/matrix_page.h"
#include "views/widgets/work_strip.h"

Q_DECLARE_METATYPE(views::MatrixChoice)

namespace {

using namespace types;
using views::MatrixModel;

MatrixCell cell(const char* target, const char* kernels, const char* precision, double value) {
    MatrixCell made;
    made.place = {target, kernels, "-O2", precision};
    made.state = CellState::Measured;
    made.value = value;
    made.session = std::string("kws/") + target + "/" + kernels + "/" + precision;
    return made;
}

/// Two cores, two kernels and two precisions; one cell is open and a board is predicted.
CostMatrix sampleMatrix() {
    CostMatrix matrix{"kws", "kws.tflite", {}};
    for (const char* target : {"m4", "m55"})
        for (const char* kernels : {"plain", "packed"})
            for (const char* precision : {"float32", "int8"})
                matrix.cells.push_back(cell(target, kernels, precision, 1e6));
    matrix.cells[0].value = 4e6;
    matrix.cells[7].value.reset();
    matrix.cells[7].state = CellState::Open;
    MatrixCell predicted = cell("nucleo", "plain", "int8", 12'300);
    predicted.place[2] = "";
    predicted.state = CellState::Predicted;
    predicted.quantity = Quantity::LatencyUs;
    predicted.session.clear();
    predicted.band = Estimate{12'300, 11'000, 14'000};
    matrix.cells.push_back(predicted);
    return matrix;
}

QString textAt(const MatrixModel& model, int row, int column) {
    return model.index(row, column).data().toString();
}

TEST(MatrixModel, ShowsTwoDimensionsAndFixesTheOthers) {
    MatrixModel model;
    model.setMatrix(sampleMatrix());
    EXPECT_EQ(model.rowCount(), 3);
    EXPECT_EQ(model.columnCount(), 2);
    EXPECT_EQ(model.headerData(0, Qt::Vertical), "m4");
    EXPECT_EQ(model.headerData(1, Qt::Horizontal), "int8");
    EXPECT_EQ(textAt(model, 0, 0), "4.00 M");
    EXPECT_EQ(textAt(model, 2, 1), "~ 12.3 ms") << "of flags that are not known";
    model.fix(MatrixAxis::Kernels, "packed");
    EXPECT_EQ(textAt(model, 0, 0), "1.00 M");
    EXPECT_EQ(textAt(model, 1, 1), "open");
    model.setAxes(MatrixAxis::Kernels, MatrixAxis::Target);
    EXPECT_EQ(model.rowCount(), 2);
    EXPECT_EQ(model.columnCount(), 3);
    EXPECT_EQ(model.fixedAt(MatrixAxis::Precision), "float32");
}

TEST(MatrixModel, PredictionsAreMarkedAndColoursStayWithinATarget) {
    MatrixModel model;
    model.setMatrix(sampleMatrix());
    model.fix(MatrixAxis::Flags, "");
    const QModelIndex board = model.index(2, 1);
    EXPECT_TRUE(board.data().toString().startsWith("~ 12.3"));
    EXPECT_TRUE(board.data(Qt::FontRole).value<QFont>().italic());
    EXPECT_TRUE(board.data(Qt::ToolTipRole).toString().contains("90 % band"));
    model.fix(MatrixAxis::Flags, "-O2");
    const auto colour = [&](int row, int column) {
        return model.index(row, column).data(Qt::BackgroundRole).value<QBrush>().color();
    };
    EXPECT_NE(colour(0, 0), colour(0, 1));
    EXPECT_EQ(colour(0, 1), colour(1, 1)) << "both are the cheapest of their target";
    EXPECT_TRUE(views::matrixSummary(model.matrix()).contains("7 measured, 1 predicted, 1 open"));
}

struct MatrixPageTest : testing::Test {
    views::MatrixChoice offered, picked;

    MatrixPageTest() {
        offered.along = {
            QStringList{"m4", "m55"}, {"plain", "packed"}, {"-O1", "-O2"}, {"float32", "int8"}};
        picked = offered;
        picked.along[2] = QStringList{"-O2"};
    }
    template <class Widget>
    static Widget* named(views::MatrixPage& page, const QString& name) {
        for (Widget* widget : page.findChildren<Widget*>())
            if (widget->accessibleName() == name) return widget;
        return nullptr;
    }
};

TEST_F(MatrixPageTest, AsksForThePickedCells) {
    views::MatrixPage page(offered, picked);
    auto* const measure = page.findChild<QPushButton*>();
    EXPECT_FALSE(measure->isEnabled()) << "no model is open";
    page.setModelOpen(true);
    qRegisterMetaType<views::MatrixChoice>();
    QSignalSpy asked(&page, &views::MatrixPage::measureRequested);
    auto* const targets = named<QToolButton>(page, "Target");
    EXPECT_EQ(targets->text(), "Target: 2 of 2");
    targets->menu()->actions().front()->setChecked(false);
    EXPECT_EQ(targets->text(), "Target: 1 of 2");
    measure->click();
    ASSERT_EQ(asked.size(), 1);
    const auto choice = asked[0][0].value<views::MatrixChoice>();
    EXPECT_EQ(choice.at(MatrixAxis::Target), QStringList{"m55"});
    EXPECT_EQ(choice.at(MatrixAxis::Flags), QStringList{"-O2"});
    EXPECT_FALSE(choice.predictsBoards);
}

TEST_F(MatrixPageTest, AnAxisTakenTwiceChangesPlaces) {
    views::MatrixPage page(offered, picked);
    page.setMatrix(sampleMatrix());
    auto* const rows = named<QComboBox>(page, "Rows");
    rows->setCurrentIndex(static_cast<int>(MatrixAxis::Precision));
    emit rows->activated(rows->currentIndex());
    EXPECT_EQ(page.model().rowAxis(), MatrixAxis::Precision);
    EXPECT_EQ(page.model().columnAxis(), MatrixAxis::Target);
    EXPECT_TRUE(named<QComboBox>(page, "Precision")->isHidden());
    EXPECT_FALSE(named<QComboBox>(page, "Kernels")->isHidden());
}

TEST_F(MatrixPageTest, AClickOpensTheSessionBehindACell) {
    views::MatrixPage page(offered, picked);
    page.setMatrix(sampleMatrix());
    auto* const table = page.findChild<QTableView*>();
    QSignalSpy opened(&page, &views::MatrixPage::sessionRequested);
    emit table->clicked(table->model()->index(0, 1));
    ASSERT_EQ(opened.size(), 1);
    EXPECT_EQ(opened[0][0].toString(), "kws/m4/plain/int8");
    emit table->clicked(table->model()->index(2, 1));
    EXPECT_EQ(opened.size(), 1) << "a prediction has no session";
}

TEST_F(MatrixPageTest, EmptyAndProblemAreTold) {
    views::MatrixPage page(offered, picked);
    page.setMatrix({});
    bool saysHow = false;
    for (const QLabel* label : page.findChildren<QLabel*>())
        saysHow |= label->text().contains("Open a model");
    EXPECT_TRUE(saysHow);
    page.showProblem("emulator is not installed");
    bool isTold = false;
    for (const QLabel* label : page.findChildren<QLabel*>())
        isTold |= !label->isHidden() && label->text().contains("not installed");
    EXPECT_TRUE(isTold);
}

}  // namespace
