// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/pages/matrix_page.h"

#include <QComboBox>
#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QMouseEvent>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>

#include "views/widgets/plain_column.h"
#include "views/widgets/work_strip.h"

namespace views {
namespace {

using types::MatrixAxis;

constexpr size_t kAxes = types::kMatrixAxisCount;

MatrixAxis axisOf(const QComboBox* box) {
    return static_cast<MatrixAxis>(box->currentData().toInt());
}

QString matrixAxisTitle(size_t axis) {
    return QObject::tr(types::kMatrixAxes[axis]);
}

/// A list stays open while several of its entries are picked.
class PickMenu : public QMenu {
public:
    using QMenu::QMenu;

protected:
    void mouseReleaseEvent(QMouseEvent* event) override {
        QAction* const action = activeAction();
        if (action && action->isCheckable() && action->isEnabled())
            action->trigger();
        else
            QMenu::mouseReleaseEvent(event);
    }
};

}  // namespace

MatrixPage::MatrixPage(const MatrixChoice& offered, const MatrixChoice& picked, QWidget* parent)
    : QWidget(parent) {
    auto* page = columnIn(this, 0);
    page->setContentsMargins(8, 8, 8, 0);
    page->addLayout(buildChoice(offered, picked));
    m_problem = new QLabel;
    m_problem->setWordWrap(true);
    m_problem->hide();
    page->addWidget(m_problem);
    m_stack = new QStackedWidget;
    m_stack->addWidget(buildEmpty());
    m_stack->addWidget(buildTable());
    page->addWidget(m_stack, 1);
    m_model.setPalette(palette());
    setModelOpen(false);
}

QToolButton* MatrixPage::buildList(size_t axis, const QStringList& offered,
                                   const QStringList& picked) {
    auto* button = new QToolButton;
    button->setPopupMode(QToolButton::InstantPopup);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setAccessibleName(matrixAxisTitle(axis));
    auto* menu = new PickMenu(button);
    for (const QString& word : offered) {
        QAction* action = menu->addAction(word);
        action->setCheckable(true);
        action->setChecked(picked.contains(word));
        action->setData(word);
        connect(action, &QAction::toggled, this, [this, axis] { showListTitle(axis); });
    }
    button->setMenu(menu);
    m_lists[axis] = button;
    return button;
}

void MatrixPage::showListTitle(size_t axis) {
    int picked = 0, all = 0;
    for (const QAction* action : m_lists[axis]->menu()->actions()) {
        if (!action->data().isValid()) continue;
        ++all;
        picked += action->isChecked() ? 1 : 0;
    }
    m_lists[axis]->setText(tr("%1: %2 of %3").arg(matrixAxisTitle(axis)).arg(picked).arg(all));
}

/// Which cells are measured.
QLayout* MatrixPage::buildChoice(const MatrixChoice& offered, const MatrixChoice& picked) {
    auto* row = new QHBoxLayout;
    for (size_t axis = 0; axis < kAxes; ++axis) {
        row->addWidget(buildList(axis, offered.along[axis], picked.along[axis]));
        showListTitle(axis);
    }
    QMenu* targets = m_lists[0]->menu();
    targets->addSeparator();
    m_predict = targets->addAction(tr("All boards, predicted"));
    m_predict->setCheckable(true);
    m_predict->setChecked(picked.predictsBoards);
    m_measure = new QPushButton(tr("&Measure"));
    m_measure->setToolTip(
        tr("Measures every combination of what is picked that is not measured yet. Each cell is a "
           "session of the project; firmware with other flags is built on demand."));
    m_strip = new WorkStrip;
    row->addWidget(m_measure);
    row->addWidget(m_strip, 1);
    connect(m_measure, &QPushButton::clicked, this, [this] {
        m_problem->hide();
        emit measureRequested(choice());
    });
    return row;
}

QWidget* MatrixPage::buildEmpty() {
    m_empty = new QLabel;
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_empty->setMargin(32);
    return m_empty;
}

/// Rows, columns, and the values of the dimensions that are neither.
QLayout* MatrixPage::buildAxes() {
    auto* row = new QHBoxLayout;
    const auto axisBox = [&](const QString& title, MatrixAxis first, bool isRow) {
        auto* box = new QComboBox;
        for (size_t axis = 0; axis < kAxes; ++axis)
            box->addItem(matrixAxisTitle(axis), static_cast<int>(axis));
        box->setCurrentIndex(static_cast<int>(first));
        box->setAccessibleName(title);
        row->addWidget(new QLabel(title));
        row->addWidget(box);
        connect(box, qOverload<int>(&QComboBox::activated), this,
                [this, isRow] { chooseAxes(isRow); });
        return box;
    };
    m_rows = axisBox(tr("Rows"), m_model.rowAxis(), true);
    m_columns = axisBox(tr("Columns"), m_model.columnAxis(), false);
    row->addSpacing(16);
    for (size_t axis = 0; axis < kAxes; ++axis) {
        m_fixedLabels[axis] = new QLabel(matrixAxisTitle(axis));
        m_fixed[axis] = new QComboBox;
        m_fixed[axis]->setAccessibleName(matrixAxisTitle(axis));
        m_fixed[axis]->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        row->addWidget(m_fixedLabels[axis]);
        row->addWidget(m_fixed[axis]);
        connect(m_fixed[axis], qOverload<int>(&QComboBox::activated), this, [this, axis] {
            m_model.fix(static_cast<MatrixAxis>(axis),
                        m_fixed[axis]->currentData().toString().toStdString());
        });
    }
    row->addStretch(1);
    return row;
}

QWidget* MatrixPage::buildTable() {
    m_summary = new QLabel;
    m_summary->setForegroundRole(QPalette::PlaceholderText);
    m_table = new QTableView;
    m_table->setModel(&m_model);
    m_table->setAccessibleName(tr("Cost of each combination"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    auto* side = new QWidget;
    auto* column = columnIn(side, 0);
    column->addLayout(buildAxes());
    column->addWidget(m_table, 1);
    column->addWidget(m_summary);
    const auto open = [this](const QModelIndex& index) {
        const types::MatrixCell* cell = m_model.cellAt(index);
        if (cell && !cell->session.empty())
            emit sessionRequested(QString::fromStdString(cell->session));
    };
    connect(m_table, &QTableView::clicked, this, open);
    connect(m_table, &QTableView::activated, this, open);
    return side;
}

MatrixChoice MatrixPage::choice() const {
    MatrixChoice choice;
    for (size_t axis = 0; axis < kAxes; ++axis)
        for (const QAction* action : m_lists[axis]->menu()->actions())
            if (action->data().isValid() && action->isChecked())
                choice.along[axis] << action->data().toString();
    choice.predictsBoards = m_predict->isChecked();
    return choice;
}

/// An axis that becomes both rows and columns gives its other place to the one that was there.
void MatrixPage::chooseAxes(bool isRow) {
    const MatrixAxis rows = axisOf(m_rows), columns = axisOf(m_columns);
    if (rows != columns)
        m_model.setAxes(rows, columns);
    else if (isRow)
        m_model.setAxes(rows, m_model.rowAxis());
    else
        m_model.setAxes(m_model.columnAxis(), columns);
    showAxes();
}

void MatrixPage::showAxes() {
    m_rows->setCurrentIndex(static_cast<int>(m_model.rowAxis()));
    m_columns->setCurrentIndex(static_cast<int>(m_model.columnAxis()));
    for (size_t i = 0; i < kAxes; ++i) {
        const auto axis = static_cast<MatrixAxis>(i);
        const bool isFixed = axis != m_model.rowAxis() && axis != m_model.columnAxis();
        m_fixed[i]->setVisible(isFixed);
        m_fixedLabels[i]->setVisible(isFixed);
        m_fixed[i]->clear();
        for (const std::string& value : m_model.matrix().along(axis)) {
            const QString word = QString::fromStdString(value);
            m_fixed[i]->addItem(word.isEmpty() ? tr("not known") : word, word);
        }
        m_fixed[i]->setCurrentIndex(
            m_fixed[i]->findData(QString::fromStdString(m_model.fixedAt(axis))));
    }
}

void MatrixPage::setMatrix(const types::CostMatrix& matrix) {
    m_model.setMatrix(matrix);
    m_stack->setCurrentIndex(matrix.cells.empty() ? 0 : 1);
    m_summary->setText(
        tr("%1. Colours: times the cheapest cell of the target; ~ marks predictions.")
            .arg(matrixSummary(matrix)));
    showAxes();
}

void MatrixPage::setModelOpen(bool isOpen) {
    m_measure->setEnabled(isOpen);
    m_empty->setText(isOpen ? tr("Measure the model on every core with every set of kernels, flags "
                                 "and precision: pick above, then Measure. It may take minutes, "
                                 "and goes on where it was stopped.")
                            : tr("Open a model to measure it in many ways."));
}

void MatrixPage::showProblem(const QString& text) {
    m_problem->setText("⚠ " + text);
    m_problem->show();
}

void MatrixPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) m_model.setPalette(palette());
}

}  // namespace views
