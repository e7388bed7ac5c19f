// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/knobs/training_panel.h"

#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include "views/colors.h"
#include "views/widgets/plots/training_plot.h"
#include "views/widgets/sample_strip.h"

namespace views {
namespace {

void setTrainingText(QLabel& label, const QString& text) {
    label.setText(text);
    label.setVisible(!text.isEmpty());
}

}  // namespace

TrainingPanel::TrainingPanel(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 0, 8, 8);
    column->setSpacing(8);
    m_parts = addText(*column);
    m_classes = addText(*column);
    m_samples = new SampleStrip;
    column->addWidget(m_samples);
    m_facts = addText(*column);
    m_problem = addText(*column);
    buildButtons(*column);
    buildCurves(*column);
    m_result = addText(*column);
    m_result->setTextFormat(Qt::RichText);
    for (QLabel* label : {m_parts, m_classes, m_facts})
        label->setForegroundRole(QPalette::PlaceholderText);
    setSamples({});
    setState(State::Idle);
}

/// A text of several lines; hidden while it is empty.
QLabel* TrainingPanel::addText(QVBoxLayout& column) {
    auto* label = new QLabel;
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->hide();
    column.addWidget(label);
    return label;
}

void TrainingPanel::buildButtons(QVBoxLayout& column) {
    m_progress = addText(column);
    m_bar = new QProgressBar;
    m_bar->setRange(0, 1000);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(8);
    m_bar->setAccessibleName(tr("Progress of the training"));
    column.addWidget(m_bar);
    m_start = new QPushButton(tr("&Train"));
    m_pause = new QPushButton(tr("&Pause"));
    m_finish = new QPushButton(tr("Stop and &keep"));
    m_finish->setToolTip(tr("Ends with the best weights so far."));
    m_cancel = new QPushButton(tr("Cancel"));
    m_cancel->setToolTip(
        tr("Ends without a result. The same training goes on from here when it is started again."));
    // Three in a row would be wider than the dock.
    auto* grid = new QGridLayout;
    grid->setColumnStretch(2, 1);
    grid->addWidget(m_start, 0, 0);
    grid->addWidget(m_pause, 1, 0);
    grid->addWidget(m_finish, 1, 1);
    grid->addWidget(m_cancel, 2, 0);
    column.addLayout(grid);
    connect(m_start, &QPushButton::clicked, this, &TrainingPanel::startRequested);
    connect(m_pause, &QPushButton::clicked, this,
            [this] { emit pauseRequested(m_state == State::Running); });
    connect(m_finish, &QPushButton::clicked, this, &TrainingPanel::finishRequested);
    connect(m_cancel, &QPushButton::clicked, this, &TrainingPanel::cancelRequested);
}

void TrainingPanel::buildCurves(QVBoxLayout& column) {
    m_legend = addText(column);
    m_legend->setForegroundRole(QPalette::PlaceholderText);
    m_legend->setText(
        tr("On the validation part. Line: varied model; dashed: the original trained alike; ring: "
           "the epoch kept."));
    m_loss = new TrainingPlot(TrainingPlot::Measure::Loss);
    m_accuracy = new TrainingPlot(TrainingPlot::Measure::Accuracy);
    column.addWidget(m_accuracy);
    column.addWidget(m_loss);
}

void TrainingPanel::setPlan(const std::optional<types::TrainingPlan>& plan,
                            const QString& problem) {
    QStringList facts;
    if (plan) facts << memoryText(*plan) << frozenText(*plan);
    facts.removeAll(QString());
    setTrainingText(*m_parts, plan ? partsText(*plan) : QString());
    setTrainingText(*m_classes, plan ? classesText(*plan) : QString());
    m_classes->setToolTip(plan ? classTable(*plan) : QString());
    setTrainingText(*m_facts, facts.join('\n'));
    setTrainingText(*m_problem, problem);
    m_start->setEnabled(problem.isEmpty());
    if (!plan) setSamples({});
}

void TrainingPanel::setSamples(std::vector<types::AugmentedSample> samples) {
    m_samples->setSamples(std::move(samples));
}

void TrainingPanel::setState(State state) {
    m_state = state;
    const bool isRunning = state != State::Idle;
    m_start->setVisible(!isRunning);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_bar, m_pause, m_finish, m_cancel})
        widget->setVisible(isRunning);
    m_pause->setText(state == State::Paused ? tr("Go &on") : tr("&Pause"));
    setTrainingText(*m_progress, isRunning ? tr("Preparing") : QString());
    m_bar->setValue(0);
    if (isRunning)
        setTrainingText(*m_result, {});
    else
        showResult();
}

void TrainingPanel::setProgress(const TrainingProgress& progress, const types::TrainKnobs& knobs) {
    m_bar->setValue(int(1000 * progress.share));
    setTrainingText(*m_progress, m_state == State::Paused
                                     ? tr("Paused. %1").arg(progressText(progress, knobs))
                                     : progressText(progress, knobs));
    showCurves(progress.original.value_or(types::Training()),
               progress.varied.value_or(types::Training()));
}

void TrainingPanel::setEvaluation(const types::EvaluationPtr& evaluation) {
    m_evaluation = evaluation;
    if (m_state == State::Idle) showResult();
}

void TrainingPanel::showCurves(const types::Training& original, const types::Training& varied) {
    for (TrainingPlot* plot : {m_loss, m_accuracy}) {
        plot->setTrainings(original, varied);
        plot->setVisible(plot->hasCurves());
    }
    m_legend->setVisible(m_loss->hasCurves());
}

void TrainingPanel::showResult() {
    const bool isTrained = m_evaluation && m_evaluation->training;
    showCurves({}, isTrained ? *m_evaluation->training : types::Training());
    QString text;
    if (isTrained)
        text = trainingText(*m_evaluation).toHtmlEscaped() + QStringLiteral(".") +
               trainedQualityTable(*m_evaluation);
    setTrainingText(*m_result, text);
}

void TrainingPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    emit shownChanged(true);
}

void TrainingPanel::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    emit shownChanged(false);
}

}  // namespace views
