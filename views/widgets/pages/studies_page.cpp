// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/pages/studies_page.h"
#include "views/widgets/plain_column.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTextBrowser>
#include <QVBoxLayout>

#include "views/models/study_text.h"
#include "views/widgets/data_table.h"
#include "views/widgets/plain_column.h"
#include "views/widgets/plots/point_plot.h"
#include "views/widgets/work_strip.h"

namespace views {
namespace {

using Source = StudyChoice::Source;

constexpr int kWidestStudyCell = 320;

}  // namespace

StudiesPage::StudiesPage(std::vector<StudyEntry> entries, QWidget* parent)
    : QWidget(parent), m_entries(std::move(entries)) {
    auto* right = new QWidget;
    auto* column = columnIn(right, 0);
    column->addWidget(buildHeader());
    column->addWidget(buildResult(), 1);
    auto* splitter = new QSplitter;
    splitter->addWidget(buildList());
    splitter->addWidget(right);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({150, 650});
    splitter->setChildrenCollapsible(false);
    auto* page = columnIn(this, 0);
    page->setContentsMargins(8, 8, 8, 0);
    page->addWidget(splitter);
    if (!m_entries.empty()) m_list->setCurrentRow(0);
}

QWidget* StudiesPage::buildList() {
    m_list = new QListWidget;
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setWordWrap(true);
    m_list->setSpacing(2);
    m_list->setMinimumWidth(120);
    m_list->setAccessibleName(tr("Studies"));
    for (const StudyEntry& entry : m_entries) {
        auto* item = new QListWidgetItem(entry.title, m_list);
        item->setToolTip(entry.question);
    }
    connect(m_list, &QListWidget::currentRowChanged, this, &StudiesPage::choose);
    connect(m_list, &QListWidget::itemClicked, this, [this] {
        if (m_isStale) ask();
    });
    return m_list;
}

void StudiesPage::addSource(const QString& text, Source source) {
    m_source->addItem(text, static_cast<int>(source));
}

QWidget* StudiesPage::buildHeader() {
    m_title = new QLabel;
    QFont font = m_title->font();
    font.setPointSizeF(font.pointSizeF() * 1.2);
    m_title->setFont(font);
    m_question = new QLabel;
    m_question->setWordWrap(true);
    m_question->setForegroundRole(QPalette::PlaceholderText);
    m_strip = new WorkStrip;
    auto* titleRow = new QHBoxLayout;
    titleRow->addWidget(m_title);
    titleRow->addWidget(m_strip, 1);
    auto* header = new QWidget;
    auto* column = columnIn(header, 0, 4);
    column->addLayout(titleRow);
    column->addWidget(m_question);
    column->addSpacing(4);
    column->addLayout(buildChoices());
    connect(m_strip, &WorkStrip::cancelled, this, [this] {
        m_isStale = true;
        showProblem(tr("Stopped. A click on the study runs it again."));
    });
    return header;
}

/// The inputs of the study.
QLayout* StudiesPage::buildChoices() {
    m_source = new QComboBox;
    m_source->setAccessibleName(tr("Source"));
    m_source->setMinimumContentsLength(9);
    m_source->setMaximumWidth(240);
    m_source->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    addSource(tr("All boards, predicted"), Source::AllBoards);
    addSource(tr("This board, predicted"), Source::ThisBoard);
    addSource(tr("Sessions of this project"), Source::Sessions);
    m_subject = new QComboBox;
    m_subject->setAccessibleName(tr("Models"));
    m_subject->addItems({tr("Reference models"), tr("Shown model")});
    m_networks = new QSpinBox;
    m_networks->setRange(10, 1000);
    m_networks->setSingleStep(10);
    m_networks->setValue(m_choice.networks);
    m_networks->setKeyboardTracking(false);
    m_networks->setSuffix(tr(" networks each"));
    m_networks->setAccessibleName(tr("Networks of each search space"));
    m_networks->setToolTip(
        tr("Drawn at random from each search space of the zoo, always the same."));
    auto* open = new QPushButton(tr("Open &table…"));
    open->setToolTip(
        tr("Measured models or operators as CSV: columns board, model, family, op, "
           "macs, latency_ms, power_mw, kernels, … or a published table."));
    auto* row = new QHBoxLayout;
    row->addWidget(m_source, 3);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_subject, m_networks, open})
        row->addWidget(widget);
    row->addStretch(1);
    connect(m_source, qOverload<int>(&QComboBox::activated), this, &StudiesPage::choose);
    connect(m_subject, qOverload<int>(&QComboBox::activated), this, &StudiesPage::choose);
    connect(m_networks, qOverload<int>(&QSpinBox::valueChanged), this, &StudiesPage::choose);
    connect(open, &QPushButton::clicked, this, &StudiesPage::chooseTable);
    return row;
}

/// The chart above, findings and table below; or the reason why there is neither.
QWidget* StudiesPage::buildResult() {
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(buildChart());
    splitter->addWidget(buildFindings());
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    m_problem = new QLabel;
    m_problem->setWordWrap(true);
    m_problem->setAlignment(Qt::AlignCenter);
    m_problem->setForegroundRole(QPalette::PlaceholderText);
    m_problem->setMargin(32);
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_problem);
    m_stack->addWidget(splitter);
    return m_stack;
}

QWidget* StudiesPage::buildChart() {
    m_chart = new QComboBox;
    m_chart->setAccessibleName(tr("Chart"));
    m_chart->setMinimumContentsLength(12);
    m_chart->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_plot = new PointPlot(QStringLiteral("study"));
    auto* side = new QWidget;
    auto* column = columnIn(side, 0);
    auto* row = new QHBoxLayout;
    row->addWidget(m_chart, 3);
    row->addStretch(2);
    column->addLayout(row);
    column->addWidget(m_plot, 1);
    connect(m_chart, qOverload<int>(&QComboBox::activated), this, &StudiesPage::showChart);
    return side;
}

QWidget* StudiesPage::buildFindings() {
    m_text = new QTextBrowser;
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->viewport()->setAutoFillBackground(false);
    m_text->document()->setIndentWidth(16);
    m_table = new DataTable;
    m_table->setSource(&m_model);
    m_table->setAccessibleName(tr("Figures of the study"));
    m_tabs = new QTabWidget;
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_text, tr("Findings"));
    m_tabs->addTab(m_table, tr("Table"));
    return m_tabs;
}

void StudiesPage::pick(const QString& id) {
    for (size_t i = 0; i < m_entries.size(); ++i)
        if (m_entries[i].id == id) m_list->setCurrentRow(static_cast<int>(i));
}

void StudiesPage::chooseTable() {
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Open a table of measurements"), m_choice.table,
                                     tr("Comma separated values (*.csv);;All files (*)"));
    if (!path.isEmpty()) openTable(path);
}

void StudiesPage::openTable(const QString& path) {
    m_choice.table = path;
    const QString text = tr("Table %1").arg(QFileInfo(path).fileName());
    int row = m_source->findData(static_cast<int>(Source::Table));
    if (row < 0) {
        addSource(text, Source::Table);
        row = m_source->count() - 1;
    }
    m_source->setItemText(row, text);
    m_source->setItemData(row, path, Qt::ToolTipRole);
    m_source->setCurrentIndex(row);
    choose();
}

void StudiesPage::choose() {
    const int row = m_list->currentRow();
    if (row < 0) return;
    const StudyEntry& entry = m_entries[static_cast<size_t>(row)];
    m_choice.id = entry.id;
    m_choice.source = static_cast<Source>(m_source->currentData().toInt());
    m_choice.ofOpenModel = m_subject->currentIndex() == 1;
    m_choice.networks = m_networks->value();
    m_title->setText(entry.title);
    m_question->setText(entry.question);
    showChoices(entry.drawsNetworks);
    setOutdated();
}

/// Shows only the inputs that the study and its source use.
void StudiesPage::showChoices(bool drawsNetworks) {
    const bool predicts =
        m_choice.source == Source::ThisBoard || m_choice.source == Source::AllBoards;
    m_subject->setVisible(predicts && !drawsNetworks);
    m_networks->setVisible(predicts && drawsNetworks);
}

void StudiesPage::setOutdated() {
    m_isStale = true;
    m_plot->setDimmed(true);
    m_table->setDimmed(true);
    if (isVisible()) ask();
}

void StudiesPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_isStale) ask();
}

void StudiesPage::ask() {
    m_isStale = false;
    m_problem->clear();
    emit studyRequested(m_choice);
}

void StudiesPage::showStudy(const types::Study& study) {
    const bool isSame = m_study.id == study.id;
    const int chart = isSame ? m_chart->currentIndex() : 0;
    m_study = study;
    m_chart->clear();
    for (const types::StudyChart& each : study.charts)
        m_chart->addItem(QString::fromStdString(each.title));
    m_chart->setVisible(study.charts.size() > 1);
    m_chart->setCurrentIndex(std::min(std::max(chart, 0), m_chart->count() - 1));
    m_text->setHtml(studyHtml(study));
    m_model.setTable(study.table);
    m_table->fitColumns(kWidestStudyCell);
    m_plot->setDimmed(false);
    m_table->setDimmed(false);
    m_stack->setCurrentIndex(1);
    showChart();
}

void StudiesPage::showChart() {
    const int index = m_chart->currentIndex();
    m_plot->setVisible(index >= 0);
    if (index >= 0) m_plot->setChart(m_study.charts[static_cast<size_t>(index)]);
}

void StudiesPage::showProblem(const QString& text) {
    m_problem->setText(text);
    m_stack->setCurrentIndex(0);
}

}  // namespace views
