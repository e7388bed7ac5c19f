// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/duty_settings.h"

#include <QSettings>
#include <cmath>

namespace app {
namespace {

constexpr const char *kPeriod = "duty/periodMs", *kSleep = "duty/sleepMw",
                     *kBattery = "duty/batteryMwh";

/// Returns 0 where the settings hold no figure.
double figure(const char* key) {
    const double value = QSettings().value(key).toDouble();
    return std::isfinite(value) && value > 0 ? value : 0;
}

}  // namespace

types::DutyCycle rememberedDuty() {
    return {figure(kPeriod), figure(kSleep), figure(kBattery)};
}

void rememberDuty(const types::DutyCycle& duty) {
    QSettings settings;
    settings.setValue(kPeriod, duty.periodMs);
    settings.setValue(kSleep, duty.sleepPowerMw);
    settings.setValue(kBattery, duty.batteryMwh);
}

}  // namespace app
