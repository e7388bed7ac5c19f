// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/pages/profiles_page.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>

#include "views/models/check_tables.h"
#include "views/models/fit_charts.h"
#include "views/widgets/board_chooser.h"
#include "views/widgets/data_table.h"
#include "views/widgets/plain_column.h"
#include "views/widgets/plots/point_plot.h"
#include "views/widgets/work_strip.h"

namespace views {
namespace {

constexpr int kWidestFirstColumn = 320;
constexpr int kWidestTableName = 280;

QLabel* mutedLabel() {
    auto* label = new QLabel;
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

/// Why nothing could be compared: the reasons, most frequent first.
QString nothingText(const types::ProfileCheck& check) {
    if (check.layers.empty())
        return QObject::tr(
            "Measure on this board or import a log of it, or open a table of "
            "measured layers: each layer is then predicted with this profile and "
            "compared.");
    QStringList lines{QObject::tr("No layer can be compared with this profile:")};
    for (const auto* leftOut : {&check.notPredicted, &check.notCompared})
        for (const types::LeftOutLayers& each : *leftOut)
            lines << QObject::tr("%1 × %2").arg(grouped(each.layers),
                                                QString::fromStdString(each.why));
    constexpr int kMost = 8;
    if (lines.size() > kMost) lines = lines.mid(0, kMost) << QStringLiteral("…");
    return lines.join('\n');
}

}  // namespace

ProfilesPage::ProfilesPage(QWidget* parent) : QWidget(parent) {
    auto* column = columnIn(this);
    column->setContentsMargins(8, 8, 8, 0);
    column->addLayout(buildChoices());
    column->addLayout(buildTable());
    m_source = mutedLabel();
    column->addWidget(m_source);
    column->addWidget(buildResult(), 1);
}

QLayout* ProfilesPage::buildChoices() {
    m_device = new BoardChooser;
    m_device->setAccessibleName(tr("Profile"));
    m_device->setMinimumContentsLength(16);
    m_unseenOnly = new QCheckBox(tr("Only layers it was &not fitted to"));
    m_unseenOnly->setToolTip(
        tr("Errors on layers that a profile was fitted to look better than those on yours."));
    m_nameless = new QCheckBox(tr("Also sessions that name no &board"));
    m_nameless->setToolTip(tr("You state that they were measured on this board."));
    m_strip = new WorkStrip;
    // Two rows: in one they would take the width of the docks.
    auto *row = new QHBoxLayout, *boxes = new QHBoxLayout;
    row->addWidget(new QLabel(tr("Profile")));
    row->addWidget(m_device, 1);
    row->addWidget(m_strip, 1);
    boxes->addWidget(m_unseenOnly);
    boxes->addWidget(m_nameless);
    boxes->addStretch();
    auto* rows = new QVBoxLayout;
    rows->addLayout(row);
    rows->addLayout(boxes);
    connect(m_device, qOverload<int>(&QComboBox::currentIndexChanged), this,
            &ProfilesPage::setOutdated);
    connect(m_device, &BoardChooser::deviceChosen, this, [this] {
        if (m_isStale) ask();
    });
    for (QCheckBox* box : {m_unseenOnly, m_nameless})
        connect(box, &QCheckBox::toggled, this, &ProfilesPage::setOutdated);
    connect(m_strip, &WorkStrip::cancelled, this, [this] {
        m_isStale = true;
        showProblem(tr("Stopped. Choose the profile again to compare it."));
    });
    return rows;
}

QLayout* ProfilesPage::buildTable() {
    auto* open = new QPushButton(tr("Open &table…"));
    open->setToolTip(
        tr("Measured layers as CSV: op, in_shape, out_shape, kernel, strides, padding "
           "and cycles, latency_us or instructions."));
    m_tableName = new QLabel(tr("Compared: the sessions of the project"));
    m_filter = new QLineEdit;
    m_filter->setPlaceholderText(tr("Filter of the table: board=…, op=…"));
    m_filter->setAccessibleName(tr("Filter of the table"));
    m_filter->setToolTip(tr("Lines of the table to use: COLUMN=TEXT, several with commas."));
    m_filter->hide();
    auto* row = new QHBoxLayout;
    row->addWidget(open);
    row->addWidget(m_tableName);
    row->addWidget(m_filter, 1);
    row->addStretch();
    connect(open, &QPushButton::clicked, this, &ProfilesPage::chooseTable);
    connect(m_filter, &QLineEdit::editingFinished, this, [this] {
        if (m_filter->isModified()) setOutdated();
        m_filter->setModified(false);
    });
    return row;
}

DataTable* ProfilesPage::addTable(StudyTableModel& model, const QString& title,
                                  const QString& name) {
    auto* table = new DataTable;
    table->setSource(&model);
    table->setAccessibleName(name);
    m_tabs->addTab(table, title);
    return table;
}

QWidget* ProfilesPage::buildResult() {
    m_scatter = new PointPlot(QStringLiteral("profile"));
    m_residuals = new PointPlot(QStringLiteral("profile-errors"));
    m_tabs = new QTabWidget;
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_scatter, tr("Predicted against measured"));
    m_tabs->addTab(m_residuals, tr("Residuals"));
    m_errorTable = addTable(m_errors, tr("Errors"), tr("Errors per operator"));
    m_layerTable = addTable(m_layers, tr("Layers"), tr("Measured and predicted layers"));
    m_rowTable = addTable(m_rows, tr("Fitted to"), tr("Rows of the profile"));
    m_leftOutTable = addTable(m_leftOut, tr("Left out"), tr("Layers that are not compared"));
    m_summary = new QLabel;
    m_summary->setWordWrap(true);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* result = new QWidget;
    auto* column = columnIn(result, 0);
    column->addWidget(m_summary);
    column->addWidget(m_tabs, 1);
    m_message = new QLabel;
    m_message->setWordWrap(true);
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setForegroundRole(QPalette::PlaceholderText);
    m_message->setMargin(32);
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_message);
    m_stack->addWidget(result);
    return m_stack;
}

void ProfilesPage::setDevices(const std::vector<types::DevicePtr>& devices) {
    {
        const QSignalBlocker quiet(m_device);
        m_device->setDevices(devices);
        if (!m_device->device() && !devices.empty())
            m_device->chooseId(QString::fromStdString(devices.front()->id));
    }
    setOutdated();
}

void ProfilesPage::chooseDevice(const QString& id) {
    m_device->chooseId(id);
}

void ProfilesPage::chooseTable() {
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Open a table of layers"), m_tablePath,
                                     tr("Comma separated values (*.csv);;All files (*)"));
    if (!path.isEmpty()) openTable(path);
}

void ProfilesPage::openTable(const QString& path) {
    m_tablePath = path;
    const QString name =
        fontMetrics().elidedText(QFileInfo(path).fileName(), Qt::ElideMiddle, kWidestTableName);
    m_tableName->setText(tr("Compared: the sessions of the project, and %1").arg(name));
    m_tableName->setToolTip(path);
    m_filter->show();
    setOutdated();
}

CheckChoice ProfilesPage::choice() const {
    return {m_device->device(), m_tablePath, m_filter->text(), m_unseenOnly->isChecked(),
            m_nameless->isChecked()};
}

void ProfilesPage::setOutdated() {
    m_isStale = true;
    for (PointPlot* plot : {m_scatter, m_residuals})
        plot->setDimmed(true);
    for (DataTable* table : {m_errorTable, m_layerTable, m_rowTable, m_leftOutTable})
        table->setDimmed(true);
    if (isVisible()) ask();
}

void ProfilesPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_isStale) ask();
}

void ProfilesPage::ask() {
    const CheckChoice chosen = choice();
    if (!chosen.device) return showProblem(tr("There is no profile of a board."));
    m_isStale = false;
    m_source->setText(QString::fromStdString(chosen.device->source));
    emit checkRequested(chosen);
}

void ProfilesPage::showCheck(const types::ProfileCheck& check) {
    const auto points = pointsOf(check);
    if (points.empty()) return showProblem(nothingText(check));
    const ColoredChart scatter =
        predictedAgainstMeasured(points, tr("Predicted").toStdString(), check.unit);
    m_scatter->setChart(scatter.chart, scatter.colors);
    const ColoredChart residuals = residualsByOperator(points);
    m_residuals->setChart(residuals.chart, residuals.colors);
    m_errors.setTable(errorsTable(tr("Operator").toStdString(), check.lines));
    m_layers.setTable(layersTable(check));
    m_rows.setTable(rowsTable(check));
    m_leftOut.setTable(leftOutTable(check));
    for (PointPlot* plot : {m_scatter, m_residuals})
        plot->setDimmed(false);
    for (DataTable* table : {m_errorTable, m_layerTable, m_rowTable, m_leftOutTable}) {
        table->fitColumns(kWidestFirstColumn);
        table->setDimmed(false);
    }
    m_summary->setText(checkSentence(check));
    m_stack->setCurrentIndex(1);
}

void ProfilesPage::showProblem(const QString& text) {
    m_message->setText(text);
    m_stack->setCurrentIndex(0);
}

}  // namespace views
