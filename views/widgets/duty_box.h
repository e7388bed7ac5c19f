// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DutyBox: period, sleep power and battery of the board, and below them their effect. It shows the
// given duty cycle and emits the user's edits.

#include <QDoubleSpinBox>
#include <QLabel>

#include "types/device_profile.h"
#include "views/models/duty_text.h"

namespace views {

/// A period in any notation: "250 ms", "1.5 s", "2 min". The value is milliseconds.
class PeriodBox : public QDoubleSpinBox {
    Q_OBJECT

public:
    explicit PeriodBox(QWidget* parent = nullptr);

    QString textFromValue(double value) const override;
    double valueFromText(const QString& text) const override;
    QValidator::State validate(QString& text, int& position) const override;
    void stepBy(int steps) override;
};

class DutyBox : public QWidget {
    Q_OBJECT

public:
    explicit DutyBox(QWidget* parent = nullptr);

    void setDuty(const types::DutyCycle& duty);
    /// May be null. Its sleep power applies where the user sets none.
    void setDevice(const types::DevicePtr& device);
    void setText(const DutyText& text);
    /// "off", "every 1 s"
    QString summary() const;

protected:
    void changeEvent(QEvent* event) override;

signals:
    void edited(const types::DutyCycle& duty);

private:
    void buildLayout();
    void colorActivity();

    bool m_isWarned = false;
    PeriodBox* m_period;
    QDoubleSpinBox *m_sleep, *m_battery;
    QLabel *m_power, *m_activity, *m_life, *m_doubt;
};

}  // namespace views
