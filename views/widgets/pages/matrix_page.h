// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// MatrixPage: what the open model costs on several cores and boards with several kernels, compiler
// flags and precisions: a heat table of two dimensions that the user picks, while the other two are
// fixed. Lists above choose which cells are measured. The page requests measuring and the session
// behind a clicked cell; it computes nothing.

#include <QWidget>
#include <array>

#include "views/models/matrix_model.h"

class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace views {

class WorkStrip;

/// The cells that the user wants, one list of words for each axis.
struct MatrixChoice {
    std::array<QStringList, types::kMatrixAxisCount> along;
    bool predictsBoards = false;  ///< also the latency on all boards

    const QStringList& at(types::MatrixAxis axis) const { return along[static_cast<size_t>(axis)]; }
};

class MatrixPage : public QWidget {
    Q_OBJECT

public:
    /// `offered`: the words of each axis; those of `picked` are picked at first.
    MatrixPage(const MatrixChoice& offered, const MatrixChoice& picked, QWidget* parent = nullptr);

    MatrixChoice choice() const;
    void setMatrix(const types::CostMatrix& matrix);
    void showProblem(const QString& text);
    void setModelOpen(bool isOpen);
    WorkStrip& strip() { return *m_strip; }
    const MatrixModel& model() const { return m_model; }

signals:
    void measureRequested(const views::MatrixChoice& choice);
    /// A cell with a session was clicked.
    void sessionRequested(const QString& name);

protected:
    void changeEvent(QEvent* event) override;

private:
    QLayout* buildChoice(const MatrixChoice& offered, const MatrixChoice& picked);
    QToolButton* buildList(size_t axis, const QStringList& offered, const QStringList& picked);
    QLayout* buildAxes();
    QWidget* buildTable();
    QWidget* buildEmpty();
    void chooseAxes(bool isRow);
    void showAxes();
    void showListTitle(size_t axis);

    MatrixModel m_model;
    std::array<QToolButton*, types::kMatrixAxisCount> m_lists{};
    QAction* m_predict = nullptr;
    QPushButton* m_measure;
    WorkStrip* m_strip;
    QComboBox *m_rows, *m_columns;
    std::array<QComboBox*, types::kMatrixAxisCount> m_fixed{};
    std::array<QLabel*, types::kMatrixAxisCount> m_fixedLabels{};
    QStackedWidget* m_stack;
    QLabel *m_empty, *m_summary, *m_problem;
    QTableView* m_table;
};

}  // namespace views
