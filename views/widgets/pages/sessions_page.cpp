// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/pages/sessions_page.h"

#include <QCheckBox>
#include <QHeaderView>
#include <QSplitter>

#include "views/widgets/data_table.h"
#include "views/widgets/pages/session_detail.h"
#include "views/widgets/plain_column.h"
#include "views/widgets/plots/difference_plot.h"

namespace views {
namespace {

constexpr int kWidestSessionName = 240;

/// The page's details: nothing, one session, two sessions.
enum Detail { None, One, Two };

}  // namespace

SessionsPage::SessionsPage(Selection& selection, QWidget* parent)
    : QWidget(parent), m_selection(selection) {
    m_detail = new QStackedWidget;
    m_detail->addWidget(buildEmpty());
    m_one = new SessionDetail(selection);
    m_detail->addWidget(m_one);
    m_detail->addWidget(buildTwo());
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(buildList());
    splitter->addWidget(m_detail);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({180, 420});
    splitter->setChildrenCollapsible(false);
    auto* column = columnIn(this);
    column->setContentsMargins(8, 8, 8, 0);
    column->addWidget(splitter);
    showPicked();
}

QWidget* SessionsPage::buildList() {
    auto* measure = new QPushButton(tr("&Measure here"));
    measure->setToolTip(tr("Runs the shown variation on this machine and keeps every sample."));
    auto* import = new QPushButton(tr("&Import a log…"));
    m_delete = new QPushButton(tr("De&lete"));
    m_list = new DataTable;
    m_list->setSource(&m_sessions);
    m_list->setAccessibleName(tr("Sessions"));
    auto* row = new QHBoxLayout;
    row->addWidget(measure);
    row->addWidget(import);
    row->addWidget(m_delete);
    row->addStretch();
    row->addWidget(new QLabel(tr("Pick two to compare them.")));
    auto* side = new QWidget;
    auto* column = columnIn(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(row);
    column->addWidget(m_list, 1);
    connect(measure, &QPushButton::clicked, this, &SessionsPage::measureRequested);
    connect(import, &QPushButton::clicked, this, &SessionsPage::importRequested);
    connect(m_delete, &QPushButton::clicked, this, [this] { emit deleteRequested(m_picked); });
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &SessionsPage::showPicked);
    return side;
}

QWidget* SessionsPage::buildEmpty() {
    auto* text = new QLabel(
        tr("Sessions hold what was measured: import the log of a board or measure on this machine. "
           "Pick one to see its layers, two to compare them."));
    text->setWordWrap(true);
    text->setAlignment(Qt::AlignCenter);
    text->setForegroundRole(QPalette::PlaceholderText);
    return text;
}

QWidget* SessionsPage::buildTwo() {
    m_verdict = new QLabel;
    m_verdict->setWordWrap(true);
    m_verdict->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_accept = new QCheckBox(tr("Compare although the conditions differ"));
    m_differences = new DifferencePlot;
    m_differences->setMinimumHeight(200);
    m_comparisonTable = new DataTable;
    m_comparisonTable->setSource(&m_comparison);
    m_comparisonTable->setAccessibleName(tr("Comparison of the two sessions"));
    auto* page = new QWidget;
    auto* column = columnIn(page);
    column->addWidget(m_verdict);
    column->addWidget(m_accept);
    column->addWidget(m_differences, 2);
    column->addWidget(m_comparisonTable, 3);
    connect(m_accept, &QCheckBox::toggled, this, &SessionsPage::compare);
    m_differences->follow(m_selection);
    return page;
}

void SessionsPage::setSessions(std::vector<types::SessionPtr> sessions) {
    const int before = m_sessions.rowCount(), now = static_cast<int>(sessions.size());
    m_sessions.setSessions(std::move(sessions));
    m_list->fitColumns(kWidestSessionName);
    // One more session was just measured or imported: show it.
    if (now == before + 1)
        pick({before});
    else
        showPicked();
}

void SessionsPage::pick(const std::vector<int>& rows) {
    m_list->selectSourceRows(rows, rows.empty() ? -1 : rows.back());
}

void SessionsPage::showPicked() {
    m_picked.clear();
    for (int row : m_list->selectedSourceRows())
        m_picked.push_back(m_sessions.at(row));
    m_delete->setEnabled(!m_picked.empty());
    m_detail->setCurrentIndex(m_picked.size() == 1 ? One : m_picked.size() == 2 ? Two : None);
    if (m_picked.size() == 1) m_one->setSession(m_picked[0]);
    emit sessionPicked(m_picked.size() == 1 ? m_picked[0] : nullptr);
    if (m_picked.size() == 2) {
        const QSignalBlocker quiet(m_accept);
        m_accept->setChecked(false);
        compare();
    }
}

void SessionsPage::compare() {
    if (m_picked.size() == 2)
        emit compareRequested(m_picked[0], m_picked[1], m_accept->isChecked());
}

void SessionsPage::showComparison(const types::SessionComparison& comparison) {
    QStringList lines{verdictText(comparison)};
    for (const std::string& difference : comparison.conditions)
        lines << tr("⚠ differs: %1").arg(QString::fromStdString(difference));
    for (const std::string& warning : comparison.warnings)
        lines << "⚠ " + QString::fromStdString(warning);
    QStringList lonely;
    for (const std::string& measurement : comparison.unmatched)
        lonely << QString::fromStdString(measurement);
    if (!lonely.isEmpty()) lines << tr("not compared: %1").arg(lonely.join("; "));
    m_verdict->setText(lines.join('\n'));
    m_accept->setVisible(m_accept->isChecked());
    m_comparison.setComparison(comparison);
    m_comparisonTable->fitColumns(kWidestSessionName);
    m_differences->setComparison(comparison);
    m_differences->show();
    m_comparisonTable->show();
}

void SessionsPage::showRefusal(const QString& reason) {
    m_verdict->setText(reason);
    m_accept->show();
    m_differences->hide();
    m_comparisonTable->hide();
}

}  // namespace views
