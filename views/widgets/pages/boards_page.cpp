// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/pages/boards_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include "views/models/roles.h"
#include "views/widgets/data_table.h"

namespace views {
namespace {

constexpr int kAnyKind = -1;

}  // namespace

BoardsPage::BoardsPage(EvaluationFeed& feed, QWidget* parent)
    : QWidget(parent),
      m_feed(feed),
      m_sentence(new QLabel),
      m_count(new QLabel),
      m_search(new QLineEdit),
      m_kind(new QComboBox),
      m_onlyFitting(new QCheckBox(tr("Only those that fit"))),
      m_table(new DataTable) {
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.2);
    m_sentence->setFont(large);
    m_sentence->setWordWrap(true);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_count->setForegroundRole(QPalette::PlaceholderText);
    buildTable();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 0);
    column->setSpacing(8);
    column->addWidget(m_sentence);
    column->addWidget(buildFilters());
    column->addWidget(m_table, 1);
    connect(&m_model, &BoardsModel::keptEdited, this, &BoardsPage::keptEdited);
    connect(&m_feed, &EvaluationFeed::evaluated, this, &BoardsPage::setOutdated);
    showChosen();
}

QWidget* BoardsPage::buildFilters() {
    m_search->setPlaceholderText(tr("Search boards, cores, kernels"));
    m_search->setAccessibleName(tr("Search boards"));
    m_search->setClearButtonEnabled(true);
    m_kind->setAccessibleName(tr("Kind of boards"));
    m_kind->addItem(tr("All boards"), kAnyKind);
    m_kind->addItem(tr("Real boards"), static_cast<int>(BoardKind::Real));
    m_kind->addItem(tr("Emulated boards"), static_cast<int>(BoardKind::Emulated));
    m_kind->addItem(tr("Own profiles"), static_cast<int>(BoardKind::Own));
    auto* filters = new QWidget;
    auto* row = new QHBoxLayout(filters);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_search, 1);
    row->addWidget(m_kind);
    row->addWidget(m_onlyFitting);
    row->addWidget(m_count);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_table->proxy().setFilterFixedString(text.trimmed());
        showCount();
    });
    connect(m_kind, qOverload<int>(&QComboBox::currentIndexChanged), this, &BoardsPage::showChosen);
    connect(m_onlyFitting, &QCheckBox::toggled, this, &BoardsPage::showChosen);
    return filters;
}

void BoardsPage::buildTable() {
    m_table->setSource(&m_model);
    m_table->setAccessibleName(tr("Boards"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    QSortFilterProxyModel& proxy = m_table->proxy();
    proxy.setFilterRole(RowTextRole);
    proxy.setFilterKeyColumn(0);
    proxy.setFilterCaseSensitivity(Qt::CaseInsensitive);
    connect(m_table, &QAbstractItemView::activated, this, [this](const QModelIndex& index) {
        // A double click on what may be edited edits it.
        if (index.flags() & Qt::ItemIsEditable) return;
        emit boardChosen(m_model.at(m_table->proxy().mapToSource(index).row()).device);
    });
}

void BoardsPage::setBoards(BoardRows boards, const QString& chosenId) {
    const bool isFirst = m_boards.empty();
    m_boards = std::move(boards);
    m_chosenId = chosenId;
    m_isOutdated = false;
    m_table->setDimmed(false);
    showChosen();
    constexpr int kWidest = 220;
    if (isFirst) m_table->fitColumns(kWidest);
}

void BoardsPage::setOutdated() {
    m_isOutdated = true;
    m_table->setDimmed(true);
    if (isVisible()) emit boardsRequested();
}

void BoardsPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_isOutdated) emit boardsRequested();
}

void BoardsPage::showChosen() {
    const int kind = m_kind->currentData().isValid() ? m_kind->currentData().toInt() : kAnyKind;
    BoardRows rows;
    for (const BoardRow& row : m_boards) {
        const bool isOfKind = kind == kAnyKind || static_cast<int>(row.kind) == kind;
        const bool fits = row.verdict == types::Verdict::Fits;
        if (isOfKind && (fits || !m_onlyFitting->isChecked())) rows.push_back(row);
    }
    m_model.setBoards(std::move(rows), m_chosenId);
    const QString variation =
        m_feed.shown() ? QString::fromStdString(m_feed.shown()->variation.label()) : QString();
    m_sentence->setText(m_boards.empty() ? tr("Which boards a model fits stands here once one is "
                                              "open.")
                                         : boardsSentence(m_boards, variation));
    showCount();
}

void BoardsPage::showCount() {
    m_count->setText(tr("%1 of %2").arg(m_table->proxy().rowCount()).arg(m_boards.size()));
}

}  // namespace views
