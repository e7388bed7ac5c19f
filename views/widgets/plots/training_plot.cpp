// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/plots/training_plot.h"

#include <QMouseEvent>
#include <QToolTip>
#include <QtCharts/QLineSeries>
#include <algorithm>
#include <cmath>

#include "views/colors.h"

namespace views {

using QtCharts::QLineSeries;
using QtCharts::QValueAxis;

TrainingPlot::TrainingPlot(Measure measure, QWidget* parent)
    : PlotView(measure == Measure::Loss ? QStringLiteral("training loss")
                                        : QStringLiteral("training accuracy"),
               parent),
      m_measure(measure),
      m_originalLine(new QLineSeries),
      m_variedLine(new QLineSeries),
      m_epochs(new QValueAxis),
      m_values(new QValueAxis) {
    setAccessibleName(measure == Measure::Loss ? tr("Loss on the validation part by epoch")
                                               : tr("Accuracy on the validation part by epoch"));
    addAxes(m_epochs, m_values);
    for (QLineSeries* line : {m_originalLine, m_variedLine}) {
        chart()->addSeries(line);
        line->attachAxis(m_epochs);
        line->attachAxis(m_values);
    }
    m_epochs->setLabelFormat("%.0f");
    m_values->setTitleText(measure == Measure::Loss ? tr("Loss") : tr("Right, %"));
    setFixedHeight(120);
    applyColors();
    rescale();
}

void TrainingPlot::applyColors() {
    PlotView::applyColors();
    QPen dashed(mutedColor(palette()), 1.5);
    dashed.setStyle(Qt::DashLine);
    m_originalLine->setPen(dashed);
    m_variedLine->setPen(QPen(accentColor(palette()), 2));
}

const std::vector<double>& TrainingPlot::valuesOf(const types::Training& training) const {
    return m_measure == Measure::Loss ? training.validationLoss : training.accuracy;
}

double TrainingPlot::shownValue(double value) const {
    return m_measure == Measure::Loss ? value : 100 * value;
}

void TrainingPlot::setTrainings(const types::Training& original, const types::Training& varied) {
    m_original = valuesOf(original);
    m_varied = valuesOf(varied);
    m_keptEpoch = varied.bestEpoch;
    for (const auto& [line, values] :
         {std::pair{m_originalLine, &m_original}, std::pair{m_variedLine, &m_varied}}) {
        QVector<QPointF> points;
        for (size_t i = 0; i < values->size(); ++i)
            points << QPointF(double(i + 1), shownValue((*values)[i]));
        line->replace(points);
    }
    rescale();
    viewport()->update();
}

void TrainingPlot::rescale() {
    double low = INFINITY, high = -INFINITY;
    for (const auto* values : {&m_original, &m_varied})
        for (const double value : *values) {
            low = std::min(low, shownValue(value));
            high = std::max(high, shownValue(value));
        }
    if (low > high) low = 0, high = 1;
    setRoundRange(m_values, low, high);
    // Few ticks: the plot is small.
    m_values->setTickCount(3);
    const double span = m_values->max() - m_values->min();
    const int decimals = span >= 4 ? 0 : span >= 0.4 ? 1 : span >= 0.04 ? 2 : 3;
    m_values->setLabelFormat(QStringLiteral("%.%1f").arg(decimals));
    const auto epochs = std::max<size_t>({m_original.size(), m_varied.size(), 2});
    const int ticks = int(std::min<size_t>(epochs, 5));
    m_epochs->setRange(1, double(epochs));
    m_epochs->setTickCount((epochs - 1) % 4 == 0 && ticks == 5 ? 5 : 2);
}

void TrainingPlot::paintOver(QPainter& painter) {
    if (m_keptEpoch < 1 || size_t(m_keptEpoch) > m_varied.size()) return;
    const double value = shownValue(m_varied[size_t(m_keptEpoch - 1)]);
    const QPointF place = chart()->mapToPosition(QPointF(m_keptEpoch, value), m_variedLine);
    painter.setPen(QPen(palette().color(QPalette::WindowText), 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(place, 4, 4);
}

QString TrainingPlot::valueText(const std::vector<double>& values, size_t epoch) const {
    if (epoch < 1 || epoch > values.size()) return kUnknown;
    const double value = values[epoch - 1];
    return m_measure == Measure::Loss ? figureText(value) : percentText(100 * value, 'f', 1);
}

void TrainingPlot::mouseMoveEvent(QMouseEvent* event) {
    const double at = chart()->mapToValue(event->pos(), m_variedLine).x();
    const auto most = double(std::max(m_original.size(), m_varied.size()));
    if (!hasCurves() || at < 0.5 || at > most + 0.5) return QToolTip::hideText();
    const auto epoch = size_t(std::lround(at));
    QToolTip::showText(event->globalPos(),
                       tr("Epoch %1: varied model %2, original %3")
                           .arg(epoch)
                           .arg(valueText(m_varied, epoch), valueText(m_original, epoch)),
                       this);
}

}  // namespace views
