import { useEffect } from "react";
import type { UseFormReturn } from "react-hook-form";
import type { DeviceFormInput, DeviceFormOutput } from "./wizard-steps";

/**
 * Takes an error away as soon as the field is right. If it stayed until the field is left, it would vanish under the
 * mouse that is just pressing Continue: the button moves up, and the click is lost.
 */
export function useRewardEarly({ watch, trigger, getFieldState }: UseFormReturn<DeviceFormInput, unknown, DeviceFormOutput>): void {
  useEffect(() => {
    const subscription = watch((_values, { name }) => {
      if (name && getFieldState(name).error) void trigger(name);
    });
    return () => subscription.unsubscribe();
  }, [watch, trigger, getFieldState]);
}
