import { useEffect } from "react";
import type { UseFormReturn } from "react-hook-form";
import type { DeviceFormInput, DeviceFormOutput } from "./wizard-steps";

/**
 * Takes an error away as soon as the field is right. Nothing is checked when a field is left: an error that comes or goes
 * under the mouse that is just pressing Continue moves the button away, and the click is lost.
 */
export function useRewardEarly({ watch, trigger, getFieldState }: UseFormReturn<DeviceFormInput, unknown, DeviceFormOutput>): void {
  useEffect(() => {
    const subscription = watch((_values, { name }) => {
      if (name && getFieldState(name).error) void trigger(name);
    });
    return () => subscription.unsubscribe();
  }, [watch, trigger, getFieldState]);
}
