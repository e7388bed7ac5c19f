// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/duty_box.h"

#include <QEvent>
#include <QFormLayout>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "views/colors.h"

namespace views {
namespace {

constexpr double kLongestMs = 7 * 24 * 3600e3;
constexpr double kMaxSleepMw = 1e5;
constexpr double kMaxBatteryMwh = 1e8;

/// 0 is displayed as a word.
QDoubleSpinBox* figureBox(double highest, int decimals, const QString& unit, const QString& name) {
    auto* box = new QDoubleSpinBox;
    box->setRange(0, highest);
    box->setDecimals(decimals);
    box->setSuffix(' ' + unit);
    box->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    box->setKeyboardTracking(false);
    box->setAccessibleName(name);
    return box;
}

QLabel* textLabel() {
    auto* label = new QLabel;
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

}  // namespace

PeriodBox::PeriodBox(QWidget* parent) : QDoubleSpinBox(parent) {
    setRange(0, kLongestMs);
    setDecimals(3);
    setSpecialValueText(tr("off"));
    setKeyboardTracking(false);
}

QString PeriodBox::textFromValue(double value) const {
    return periodText(value);
}

double PeriodBox::valueFromText(const QString& text) const {
    return parsePeriod(text).value_or(0);
}

QValidator::State PeriodBox::validate(QString& text, int&) const {
    if (text.isEmpty() || text == specialValueText()) return QValidator::Acceptable;
    const auto period = parsePeriod(text);
    return period && *period <= maximum() ? QValidator::Acceptable : QValidator::Intermediate;
}

void PeriodBox::stepBy(int steps) {
    double period = value();
    for (int i = 0; i < std::abs(steps); ++i)
        period = nextPeriod(period, steps > 0);
    setValue(period);
    selectAll();
}

DutyBox::DutyBox(QWidget* parent)
    : QWidget(parent),
      m_period(new PeriodBox),
      m_sleep(figureBox(kMaxSleepMw, 4, tr("mW"), tr("Power asleep"))),
      m_battery(figureBox(kMaxBatteryMwh, 0, tr("mWh"), tr("Energy of the battery"))),
      m_power(textLabel()),
      m_activity(textLabel()),
      m_life(textLabel()),
      m_doubt(textLabel()) {
    m_period->setAccessibleName(tr("One inference every"));
    m_period->setToolTip(tr("One inference every so often, such as 250 ms, 1.5 s or 10 min"));
    m_sleep->setToolTip(tr("What the whole board draws between two inferences"));
    m_battery->setSpecialValueText(tr("none"));
    m_battery->setToolTip(
        tr("Energy that the battery gives: mAh × volts. A CR2032 of 225 mAh at 3 V holds 675 mWh. "
           "Its own discharge and a converter's losses are not counted"));
    m_doubt->setForegroundRole(QPalette::PlaceholderText);
    buildLayout();
    for (QDoubleSpinBox* box : {static_cast<QDoubleSpinBox*>(m_period), m_sleep, m_battery})
        connect(box, qOverload<double>(&QDoubleSpinBox::valueChanged), this, [this] {
            emit edited({m_period->value(), m_sleep->value(), m_battery->value()});
        });
    setDuty({});
    setDevice(nullptr);
    setText({});
}

void DutyBox::buildLayout() {
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(8);
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("Ever&y"), m_period);
    form->addRow(tr("As&leep"), m_sleep);
    form->addRow(tr("Ba&ttery"), m_battery);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 0, 8, 8);
    column->setSpacing(8);
    column->addLayout(form);
    auto* figures = new QVBoxLayout;
    figures->setSpacing(2);
    for (QLabel* label : {m_power, m_activity, m_life})
        figures->addWidget(label);
    column->addLayout(figures);
    column->addWidget(m_doubt);
}

void DutyBox::setDuty(const types::DutyCycle& duty) {
    const QSignalBlocker quietPeriod(m_period), quietSleep(m_sleep), quietBattery(m_battery);
    m_period->setValue(duty.periodMs);
    m_sleep->setValue(duty.sleepPowerMw);
    m_battery->setValue(duty.batteryMwh);
}

void DutyBox::setDevice(const types::DevicePtr& device) {
    const bool isKnown = device && device->sleepPowerMw > 0;
    m_sleep->setSpecialValueText(isKnown ? tr("board: %1 mW").arg(device->sleepPowerMw)
                                         : tr("unknown"));
}

void DutyBox::setText(const DutyText& text) {
    const bool isOff = text.activity.isEmpty() && text.doubt.isEmpty();
    m_isWarned = !text.warning.isEmpty();
    m_power->setText(text.power);
    m_activity->setText(text.activity);
    m_activity->setToolTip(text.warning);
    m_life->setText(text.battery);
    m_doubt->setText(isOff ? tr("How often does it run? That sets the average power and how long "
                                "a battery lasts.")
                           : text.doubt);
    for (QLabel* label : {m_power, m_activity, m_life, m_doubt})
        label->setVisible(!label->text().isEmpty());
    colorActivity();
}

void DutyBox::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) colorActivity();
}

void DutyBox::colorActivity() {
    QPalette colors = palette();
    if (m_isWarned) colors.setColor(QPalette::WindowText, warningColor(colors));
    m_activity->setPalette(colors);
}

QString DutyBox::summary() const {
    return m_period->value() > 0 ? tr("every %1").arg(periodText(m_period->value())) : tr("off");
}

}  // namespace views
