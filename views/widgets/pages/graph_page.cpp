// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/pages/graph_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QShortcut>
#include <QSignalBlocker>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "views/widgets/graph_details.h"
#include "views/widgets/plots/graph_view.h"
#include "views/widgets/plots/heat_legend.h"

namespace views {
namespace {

/// Repeats of larger models are folded at first.
constexpr size_t kManyOperators = 60;
/// Narrower pages have the details below the graph.
constexpr int kNarrowPage = 720;
constexpr int kValuesDelayMs = 120;

}  // namespace

GraphPage::GraphPage(Selection& selection, EvaluationFeed& feed, MetricChoice& metric,
                     QWidget* parent)
    : QWidget(parent),
      m_selection(selection),
      m_feed(feed),
      m_metric(metric),
      m_view(new GraphView),
      m_details(new GraphDetails) {
    m_splitter = new QSplitter(Qt::Horizontal);
    m_splitter->addWidget(m_view);
    m_splitter->addWidget(m_details);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setSizes({600, 240});
    m_splitter->setCollapsible(0, false);
    m_details->setMinimumSize(180, 80);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 0);
    column->setSpacing(6);
    column->addWidget(buildMetricRow());
    column->addWidget(buildSearchRow());
    column->addWidget(m_splitter, 1);
    m_leftOut = new QLabel;
    m_leftOut->setWordWrap(true);
    m_leftOut->hide();
    column->addWidget(m_leftOut);
    m_untilValues.setSingleShot(true);
    m_untilValues.setInterval(kValuesDelayMs);
    connectAll();
    m_view->setPicture(nullptr, tr("The graph of the open model appears here."));
    colour();
}

QToolButton* GraphPage::tool(const QString& text, const QString& tip) {
    auto* button = new QToolButton;
    button->setText(text);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setAutoRaise(true);
    return button;
}

QWidget* GraphPage::buildMetricRow() {
    m_metricBox = new QComboBox;
    m_metricBox->setAccessibleName(tr("Metric of the colours"));
    for (Metric metric : windowMetrics())
        m_metricBox->addItem(info(metric).name, static_cast<int>(metric));
    m_legend = new HeatLegend;
    auto* all = tool(tr("Fit"), tr("Show everything (0)"));
    auto* less = tool(QString(kMinus), tr("Smaller (-)"));
    auto* more = tool(QStringLiteral("+"), tr("Larger (+)"));
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    auto* label = new QLabel(tr("Colour:"));
    label->setBuddy(m_metricBox);
    layout->addWidget(label);
    layout->addWidget(m_metricBox);
    layout->addWidget(m_legend, 1);
    for (QToolButton* button : {all, less, more})
        layout->addWidget(button);
    connect(all, &QToolButton::clicked, m_view, &GraphView::showAll);
    connect(less, &QToolButton::clicked, m_view, &GraphView::zoomOut);
    connect(more, &QToolButton::clicked, m_view, &GraphView::zoomIn);
    return row;
}

QWidget* GraphPage::buildSearchRow() {
    m_searchField = new QLineEdit;
    m_searchField->setPlaceholderText(tr("Search: #12, conv, name, 1x8x8 (/)"));
    m_searchField->setAccessibleName(tr("Search the graph"));
    m_searchField->setToolTip(
        tr("Finds operators by number (#12), kind, tensor name or shape. Enter and Shift+Enter, or "
           "F3 and Shift+F3, go on and back"));
    m_searchField->setClearButtonEnabled(true);
    m_searchField->setMaximumWidth(320);
    m_previous = tool(QStringLiteral("‹"), tr("Previous match (Shift+F3)"));
    m_next = tool(QStringLiteral("›"), tr("Next match (F3)"));
    m_foundText = new QLabel;
    m_folds = new QCheckBox(tr("Fold repeated blocks"));
    m_folds->setToolTip(
        tr("Runs of operators with the same kinds and shapes are one box; a double click or Enter "
           "unfolds it"));
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_searchField, 1);
    layout->addWidget(m_previous);
    layout->addWidget(m_next);
    layout->addWidget(m_foundText);
    layout->addStretch();
    layout->addWidget(m_folds);
    showFound();
    return row;
}

void GraphPage::connectAll() {
    connect(&m_feed, &EvaluationFeed::evaluated, this, &GraphPage::requestDrawing);
    connect(&m_feed, &EvaluationFeed::outdatedChanged, m_view, &GraphView::setDimmed);
    connect(&m_selection, &Selection::layerChanged, this, &GraphPage::followSelection);
    connect(&m_metric, &MetricChoice::changed, this, &GraphPage::colour);
    connect(m_metricBox, qOverload<int>(&QComboBox::activated), this, [this] {
        m_metric.setMetric(static_cast<Metric>(m_metricBox->currentData().toInt()));
    });
    connect(m_view, &GraphView::boxPicked, this, &GraphPage::pickBox);
    connect(m_view, &GraphView::foldRequested, this, &GraphPage::fold);
    connect(m_details, &GraphDetails::opChosen, this, &GraphPage::pickPlace);
    connect(m_details, &GraphDetails::foldRequested, this, [this] {
        QKeyEvent enter(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier);
        QCoreApplication::sendEvent(m_view, &enter);
    });
    connect(m_folds, &QCheckBox::clicked, this, [this](bool folds) {
        m_userFolds = true;
        m_options.foldsRepeats = folds;
        m_options.unfolded.clear();
        requestDrawing();
    });
    connect(m_searchField, &QLineEdit::textChanged, this, &GraphPage::search);
    connect(m_previous, &QToolButton::clicked, this, [this] { stepFound(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { stepFound(1); });
    for (const auto& [keys, step] : {std::pair("F3", 1), std::pair("Shift+F3", -1)}) {
        auto* shortcut = new QShortcut(QKeySequence(keys), this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, [this, by = step] { stepFound(by); });
    }
    connect(&m_untilValues, &QTimer::timeout, this, &GraphPage::requestValues);
}

// ---- drawings

void GraphPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_isStale) requestDrawing();
}

void GraphPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const auto wanted = width() < kNarrowPage ? Qt::Vertical : Qt::Horizontal;
    if (m_splitter->orientation() == wanted) return;
    m_splitter->setOrientation(wanted);
    const int details = wanted == Qt::Vertical ? height() / 3 : 240;
    m_splitter->setSizes(
        {std::max(100, (wanted == Qt::Vertical ? height() : width()) - details), details});
}

void GraphPage::requestDrawing() {
    m_isStale = !isVisible();
    const types::EvaluationPtr& shown = m_feed.shown();
    if (m_isStale || !shown) return;
    takeModel(*shown->graph);
    if (!m_picture) m_view->setPicture(nullptr, tr("The graph is being laid out…"));
    emit drawingRequested(shown, m_options);
}

/// Another model begins with its own folding.
void GraphPage::takeModel(const types::Graph& graph) {
    const QString name = QString::fromStdString(graph.name);
    if (name == m_modelName) return;
    m_modelName = name;
    m_options.unfolded.clear();
    if (!m_userFolds) m_options.foldsRepeats = graph.ops.size() > kManyOperators;
    m_folds->setChecked(m_options.foldsRepeats);
}

void GraphPage::setDrawing(const types::EvaluationPtr& evaluation,
                           const std::shared_ptr<const types::DrawnGraph>& drawn) {
    const GraphPicturePtr before = m_picture;
    m_picture = std::make_shared<GraphPicture>(evaluation, drawn);
    if (m_calledOf == evaluation) m_picture->setCalled(m_called);
    if (!m_held && m_selection.layer() >= 0) m_held = OpPlace{0, m_selection.layer()};
    const int held = before && m_held ? before->boxOf(*m_held) : -1;
    const int heldNow = m_held ? m_picture->boxOf(*m_held) : -1;
    m_held.reset();
    m_view->setPicture(m_picture, {}, held, heldNow);
    m_search.reset();
    m_folds->setEnabled(!m_options.foldsRepeats || !drawn->blocks.empty());
    QStringList leftOut;
    for (const std::string& reason : drawn->leftOut)
        leftOut << QString::fromStdString(reason);
    m_leftOut->setText(tr("Not drawn: %1").arg(leftOut.join("; ")));
    m_leftOut->setVisible(!leftOut.isEmpty());
    colour();
    m_found = matches();
    showFound();
    const int layer = m_selection.layer();
    showCurrent(layer >= 0 ? m_picture->boxOf({0, layer}) : -1);
}

void GraphPage::showDrawingProblem(const QString& message) {
    m_picture = nullptr;
    m_view->setPicture(nullptr, message);
    showCurrent(-1);
}

void GraphPage::setCalled(const std::vector<types::CalledSubgraph>& called) {
    m_called = called;
    m_calledOf = m_feed.shown();
    if (!m_picture || m_picture->evaluation() != m_calledOf || called.empty()) return;
    m_picture->setCalled(called);
    colour();
}

void GraphPage::colour() {
    const QSignalBlocker quiet(m_metricBox);
    m_metricBox->setCurrentIndex(m_metricBox->findData(static_cast<int>(m_metric.metric())));
    m_metricBox->setToolTip(info(m_metric.metric()).definition);
    m_readings = m_picture ? m_picture->readings(m_metric) : std::vector<Reading>();
    std::vector<double> values;
    QString reason = tr("no model");
    for (size_t i = 0; i < m_readings.size(); ++i) {
        if (m_readings[i].value)
            values.push_back(*m_readings[i].value);
        else if (m_picture->box(int(i)).firstOp >= 0)
            reason = m_readings[i].reason;
    }
    const HeatScale scale(m_metric.metric(), values);
    m_legend->setScale(scale, reason);
    m_view->setReadings(m_readings, scale);
    const int box = m_view->current();
    if (box >= 0) m_details->show(m_picture, box, m_readings[size_t(box)], m_metric.metric());
}

void GraphPage::fold(const types::Unfolded& what, bool isUnfolded) {
    if (isUnfolded) {
        m_options.unfolded.insert(what);
    } else if (what.round >= 0) {
        m_options.unfolded.erase(what);
    } else {
        std::erase_if(m_options.unfolded, [&](const types::Unfolded& other) {
            return other.subgraph == what.subgraph && other.block == what.block;
        });
    }
    m_held = OpPlace{what.subgraph, what.block};
    requestDrawing();
}

// ---- picking

void GraphPage::showCurrent(int box) {
    std::set<int> picked;
    if (m_picture)
        for (int layer : m_selection.layers())
            if (const int at = m_picture->boxOf({0, layer}); at >= 0) picked.insert(at);
    m_view->setCurrent(box, std::move(picked));
    const bool isKnown = box >= 0 && size_t(box) < m_readings.size();
    m_details->show(m_picture, box, isKnown ? m_readings[size_t(box)] : Reading(),
                    m_metric.metric());
    m_untilValues.start();
}

void GraphPage::requestValues() {
    const int index = m_view->current();
    if (!m_picture || index < 0) return;
    const types::DrawnBox& box = m_picture->box(index);
    if (box.kind != types::BoxKind::Operator) return;
    m_details->setValuesText(tr("Counting values…"));
    emit valuesRequested(m_picture->evaluation(), {box.subgraph, box.firstOp});
}

void GraphPage::setValues(OpPlace place, const std::vector<types::ValueHistogram>& values,
                          const QString& text) {
    const int index = m_view->current();
    if (!m_picture || index < 0) return;
    const types::DrawnBox& box = m_picture->box(index);
    if (box.kind == types::BoxKind::Operator && OpPlace{box.subgraph, box.firstOp} == place)
        m_details->setValues(values, text);
}

void GraphPage::pickBox(int box, bool isAdding) {
    pickLayers(box, isAdding);
    const int layer = m_selection.layer();
    const bool isRemoved = isAdding && m_picture->layerOf(box) != layer;
    const int current = isRemoved ? m_picture->boxOf({0, layer}) : box;
    showCurrent(current);
    m_view->bringIntoView(current);
}

/// All layers of a folded block; the caller of a subgraph's operator.
void GraphPage::pickLayers(int index, bool isAdding) {
    const int layer = m_picture->layerOf(index);
    if (layer < 0) return;
    m_isPicking = true;
    const types::DrawnBox& box = m_picture->box(index);
    if (box.subgraph != 0 || box.firstOp == box.lastOp) {
        m_selection.pick(layer, isAdding);
    } else {
        std::vector<int> layers = isAdding ? m_selection.layers() : std::vector<int>();
        for (int op = box.firstOp; op <= box.lastOp; ++op)
            if (std::ranges::count(layers, op) == 0) layers.push_back(op);
        m_selection.setLayers(std::move(layers), layer);
    }
    m_isPicking = false;
}

void GraphPage::pickPlace(OpPlace place) {
    if (!m_picture) return;
    const int box = m_picture->boxOf(place);
    if (box >= 0) pickBox(box, false);
}

void GraphPage::followSelection() {
    if (m_isPicking || m_isStale || !m_picture) return;
    const int layer = m_selection.layer();
    const int box = layer >= 0 ? m_picture->boxOf({0, layer}) : -1;
    showCurrent(box);
    m_view->bringIntoView(box);
}

// ---- searching

std::vector<OpPlace> GraphPage::matches() {
    const QString text = m_searchField->text().trimmed();
    if (text.isEmpty() || !m_picture) return {};
    if (!m_search) m_search.emplace(m_picture->graph());
    return m_search->find(text);
}

void GraphPage::search() {
    m_found = matches();
    m_foundAt = -1;
    showFound();
    if (m_picture && !m_found.empty()) m_view->bringIntoView(m_picture->boxOf(m_found.front()));
}

void GraphPage::stepFound(int step) {
    if (m_found.empty() || !m_picture) return;
    const int count = int(m_found.size());
    m_foundAt = m_foundAt < 0 && step > 0 ? 0 : (std::max(m_foundAt, 0) + step + count) % count;
    showFound();
    pickPlace(m_found[size_t(m_foundAt)]);
}

void GraphPage::showFound() {
    const bool isSearching = !m_searchField->text().trimmed().isEmpty();
    for (QToolButton* button : {m_previous, m_next})
        button->setEnabled(!m_found.empty());
    if (!isSearching)
        m_foundText->clear();
    else if (m_found.empty())
        m_foundText->setText(tr("no match"));
    else if (m_foundAt < 0)
        m_foundText->setText(tr("%1 found").arg(m_found.size()));
    else
        m_foundText->setText(tr("%1 of %2").arg(m_foundAt + 1).arg(m_found.size()));
    std::set<int> boxes;
    if (m_picture)
        for (const OpPlace& place : m_found)
            if (const int box = m_picture->boxOf(place); box >= 0) boxes.insert(box);
    m_view->setFound(std::move(boxes));
}

void GraphPage::keyPressEvent(QKeyEvent* event) {
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Slash) {
        m_searchField->setFocus(Qt::ShortcutFocusReason);
        m_searchField->selectAll();
    } else if (event->key() == Qt::Key_Escape && m_searchField->hasFocus()) {
        m_searchField->clear();
        m_view->setFocus(Qt::ShortcutFocusReason);
    } else if (isEnter && m_searchField->hasFocus()) {
        stepFound(event->modifiers() & Qt::ShiftModifier ? -1 : 1);
    } else {
        QWidget::keyPressEvent(event);
    }
}

}  // namespace views
